terraform {
  required_version = ">= 1.6.0"
  required_providers {
    oci = {
      source  = "oracle/oci"
      version = "~> 7.0"
    }
  }
}

# Signs in with the profile of ~/.oci/config that `oci setup config` has made: no key of yours is written here.
provider "oci" {
  region              = var.region
  config_file_profile = var.profile
}
