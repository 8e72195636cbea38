/** A name as part of a Terraform address: letters, digits and hyphens. Names that become equal must not meet. */
export function addressPart(name: string): string {
  return name.replace(/[^A-Za-z0-9-]/g, "-");
}
