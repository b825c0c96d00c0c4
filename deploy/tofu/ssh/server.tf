terraform {
  # terraform_data is built in: no provider is needed.
  required_version = ">= 1.6.0"
}

variable "address" {
  description = "The address or the host name of a server that you can sign in to."
  type        = string
}

variable "user" {
  description = "Who signs in: root, or somebody who may use sudo without a password."
  type        = string
  default     = "root"
}

variable "answers_file" {
  description = "Your answers: a copy of deploy/answers.example that you have filled in."
  type        = string
}

variable "release_file" {
  description = "Heatloop's release for servers, as downloaded: heatloop-server-<version>-linux-<arm64 or x64>.tar.gz."
  type        = string
}

# Runs again when the answers or the release change; what is right already stays as it is.
resource "terraform_data" "installed" {
  triggers_replace = [filesha256(var.answers_file), filesha256(var.release_file), var.address]

  # The SSH agent's keys sign in.
  connection {
    type  = "ssh"
    host  = var.address
    user  = var.user
    agent = true
  }
  provisioner "remote-exec" {
    inline = ["rm -rf heatloop-release && mkdir -m 700 heatloop-release"]
  }
  provisioner "file" {
    source      = var.answers_file
    destination = "heatloop-release/answers"
  }
  provisioner "file" {
    source      = var.release_file
    destination = "heatloop-release/release.tar.gz"
  }
  # What is printed has the passwords in it, once: it stays on the server, where its owner alone reads it.
  provisioner "remote-exec" {
    inline = [
      "set -e; cd heatloop-release; tar -xzf release.tar.gz; umask 077",
      "sudo=$([ \"$(id -u)\" = 0 ] || echo sudo); $sudo heatloop-server-*/deploy/install.sh --answers answers > install.log 2>&1 || { grep -v password install.log; exit 1; }",
      "echo \"Installed; heatloop-release/install.log on the server has the passwords.\"",
    ]
  }
}
