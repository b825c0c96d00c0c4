resource "oci_core_vcn" "home" {
  compartment_id = var.tenancy_ocid
  display_name   = "heatloop"
  cidr_blocks    = ["10.0.0.0/24"]
  dns_label      = "heatloop"
}

resource "oci_core_internet_gateway" "out" {
  compartment_id = var.tenancy_ocid
  vcn_id         = oci_core_vcn.home.id
  display_name   = "heatloop"
}

resource "oci_core_route_table" "out" {
  compartment_id = var.tenancy_ocid
  vcn_id         = oci_core_vcn.home.id
  display_name   = "heatloop"
  route_rules {
    destination       = "0.0.0.0/0"
    network_entity_id = oci_core_internet_gateway.out.id
  }
}

# SSH, the page and Home Assistant, and the heat pump's broker: nothing else comes in.
resource "oci_core_security_list" "in" {
  compartment_id = var.tenancy_ocid
  vcn_id         = oci_core_vcn.home.id
  display_name   = "heatloop"

  egress_security_rules {
    destination = "0.0.0.0/0"
    protocol    = "all"
  }
  dynamic "ingress_security_rules" {
    for_each = [22, 443, 8883]
    content {
      protocol = "6"
      source   = "0.0.0.0/0"
      tcp_options {
        min = ingress_security_rules.value
        max = ingress_security_rules.value
      }
    }
  }
  # Without it large packets get lost on some ways: "fragmentation needed".
  ingress_security_rules {
    protocol = "1"
    source   = "0.0.0.0/0"
    icmp_options {
      type = 3
      code = 4
    }
  }
}

resource "oci_core_subnet" "home" {
  compartment_id    = var.tenancy_ocid
  vcn_id            = oci_core_vcn.home.id
  display_name      = "heatloop"
  cidr_block        = "10.0.0.0/28"
  dns_label         = "home"
  route_table_id    = oci_core_route_table.out.id
  security_list_ids = [oci_core_security_list.in.id]
}
