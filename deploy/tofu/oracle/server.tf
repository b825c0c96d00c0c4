data "oci_identity_availability_domains" "all" {
  compartment_id = var.tenancy_ocid
}

data "oci_core_images" "ubuntu" {
  compartment_id           = var.tenancy_ocid
  operating_system         = "Canonical Ubuntu"
  operating_system_version = "24.04"
  shape                    = "VM.Standard.A1.Flex"
  sort_by                  = "TIMECREATED"
  sort_order               = "DESC"
}

resource "oci_core_instance" "server" {
  compartment_id      = var.tenancy_ocid
  availability_domain = data.oci_identity_availability_domains.all.availability_domains[0].name
  display_name        = "heatloop"
  shape               = "VM.Standard.A1.Flex"

  shape_config {
    ocpus         = 2
    memory_in_gbs = 12
  }
  source_details {
    source_type             = "image"
    source_id               = data.oci_core_images.ubuntu.images[0].id
    boot_volume_size_in_gbs = 100
  }
  # Its address is the reserved one below, which stays when the server is made anew.
  create_vnic_details {
    subnet_id        = oci_core_subnet.home.id
    assign_public_ip = false
  }
  # What is on the disk outlives the server.
  preserve_boot_volume = true
  metadata = {
    ssh_authorized_keys = var.ssh_public_key
    user_data           = base64encode(local.cloud_init)
  }
  # A newer image or another answer is no reason to throw the server with its data away.
  lifecycle {
    ignore_changes = [source_details[0].source_id, metadata]
  }
}

locals {
  # Oracle's Ubuntu brings a firewall of its own that refuses the broker: Heatloop's takes its place.
  answers = {
    "NAMES=\"\""                      = "NAMES=\"${var.names}\""
    "HEAT_PUMPS=\"ecodan-heatpump\"" = "HEAT_PUMPS=\"${var.heat_pumps}\""
    "TIME_ZONE=\"\""                  = "TIME_ZONE=\"${var.time_zone}\""
    "FIREWALL=own"                    = "FIREWALL=replace"
  }
  lines = split("\n", file("${path.module}/../../cloud-init.yaml"))
  cloud_init = join("\n", [
    for line in local.lines : replace(line, trimspace(line), lookup(local.answers, trimspace(line), trimspace(line)))
  ])
}

data "oci_core_vnic_attachments" "server" {
  compartment_id = var.tenancy_ocid
  instance_id    = oci_core_instance.server.id
}

data "oci_core_private_ips" "server" {
  vnic_id = data.oci_core_vnic_attachments.server.vnic_attachments[0].vnic_id
}

resource "oci_core_public_ip" "server" {
  compartment_id = var.tenancy_ocid
  display_name   = "heatloop"
  lifetime       = "RESERVED"
  private_ip_id  = data.oci_core_private_ips.server.private_ips[0].id
}

output "address" {
  description = "The server's address, for the ESP32 and the browser."
  value       = oci_core_public_ip.server.ip_address
}

output "sign_in" {
  value = "ssh ubuntu@${oci_core_public_ip.server.ip_address}"
}
