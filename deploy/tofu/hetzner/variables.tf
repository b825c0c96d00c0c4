variable "ssh_public_key" {
  description = "The key that you sign in with: the text of ~/.ssh/id_ed25519.pub."
  type        = string
  validation {
    condition     = can(regex("^(ssh-|ecdsa-|sk-)", var.ssh_public_key))
    error_message = "A public key begins with ssh-, ecdsa- or sk-: take the file that ends with .pub."
  }
}

variable "location" {
  description = "Where the server stands, such as fsn1, nbg1 or hel1."
  type        = string
  default     = "fsn1"
}

variable "server_type" {
  description = "The size: cax11 has two ARM cores and 4 GB, cax21 four and 8 GB."
  type        = string
  default     = "cax11"
}

variable "names" {
  description = "Host names of the server, separated by spaces; none is needed."
  type        = string
  default     = ""
}

variable "heat_pumps" {
  description = "The heat pumps' names on MQTT, separated by spaces."
  type        = string
  default     = "ecodan-heatpump"
}

variable "time_zone" {
  description = "The home's time zone, such as Europe/Rome."
  type        = string
}
