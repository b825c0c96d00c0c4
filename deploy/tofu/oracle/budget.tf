# The server is within what Oracle gives away; the alarm says so at the first cent that it is not.
resource "oci_budget_budget" "nothing" {
  compartment_id = var.tenancy_ocid
  display_name   = "heatloop"
  amount         = 1
  reset_period   = "MONTHLY"
  target_type    = "COMPARTMENT"
  targets        = [var.tenancy_ocid]
}

resource "oci_budget_alert_rule" "first_cent" {
  budget_id      = oci_budget_budget.nothing.id
  display_name   = "heatloop"
  type           = "ACTUAL"
  threshold      = 1
  threshold_type = "PERCENTAGE"
  recipients     = var.alert_email
  message        = "Oracle counts costs for the account of your Heatloop server."
}
