terraform {
  required_version = ">= 1.6.0"
  required_providers {
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "~> 1.50"
    }
  }
}

# The API token is read from the environment variable HCLOUD_TOKEN.
provider "hcloud" {}
