variable "region" {
  description = "Where the server stands, such as eu-frankfurt-1: your account's home region is free of charge."
  type        = string
}

variable "profile" {
  description = "The profile in ~/.oci/config."
  type        = string
  default     = "DEFAULT"
}

variable "tenancy_ocid" {
  description = "Your account: Profile > Tenancy in Oracle's console."
  type        = string
  validation {
    condition     = startswith(var.tenancy_ocid, "ocid1.tenancy.")
    error_message = "An account begins with ocid1.tenancy."
  }
}

variable "ssh_public_key" {
  description = "The key that you sign in with: the text of ~/.ssh/id_ed25519.pub."
  type        = string
  validation {
    condition     = can(regex("^(ssh-|ecdsa-|sk-)", var.ssh_public_key))
    error_message = "A public key begins with ssh-, ecdsa- or sk-: take the file that ends with .pub."
  }
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

variable "alert_email" {
  description = "Who is told as soon as Oracle wants money."
  type        = string
}
