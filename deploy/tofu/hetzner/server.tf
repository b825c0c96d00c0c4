resource "hcloud_ssh_key" "you" {
  name       = "heatloop"
  public_key = var.ssh_public_key
}

# Its address stays when the server is made anew.
resource "hcloud_primary_ip" "server" {
  name          = "heatloop"
  type          = "ipv4"
  assignee_type = "server"
  location      = var.location
  auto_delete   = false
}

# SSH, the page and Home Assistant, the heat pump's broker, and ping: nothing else comes in.
resource "hcloud_firewall" "in" {
  name = "heatloop"
  dynamic "rule" {
    for_each = ["22", "443", "8883"]
    content {
      direction  = "in"
      protocol   = "tcp"
      port       = rule.value
      source_ips = ["0.0.0.0/0", "::/0"]
    }
  }
  rule {
    direction  = "in"
    protocol   = "icmp"
    source_ips = ["0.0.0.0/0", "::/0"]
  }
}

resource "hcloud_server" "server" {
  name         = "heatloop"
  server_type  = var.server_type
  image        = "debian-13"
  location     = var.location
  ssh_keys     = [hcloud_ssh_key.you.id]
  firewall_ids = [hcloud_firewall.in.id]
  user_data    = local.cloud_init
  public_net {
    ipv4         = hcloud_primary_ip.server.id
    ipv6_enabled = true
  }
  # Another answer is no reason to throw the server with its data away.
  lifecycle {
    ignore_changes = [user_data, ssh_keys, image]
  }
}

locals {
  answers = {
    "NAMES=\"\""                      = "NAMES=\"${var.names}\""
    "HEAT_PUMPS=\"ecodan-heatpump\"" = "HEAT_PUMPS=\"${var.heat_pumps}\""
    "TIME_ZONE=\"\""                  = "TIME_ZONE=\"${var.time_zone}\""
  }
  lines = split("\n", file("${path.module}/../../cloud-init.yaml"))
  cloud_init = join("\n", [
    for line in local.lines : replace(line, trimspace(line), lookup(local.answers, trimspace(line), trimspace(line)))
  ])
}

output "address" {
  description = "The server's address, for the ESP32 and the browser."
  value       = hcloud_primary_ip.server.ip_address
}

output "sign_in" {
  value = "ssh root@${hcloud_primary_ip.server.ip_address}"
}
