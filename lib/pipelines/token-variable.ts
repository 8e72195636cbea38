/** The environment variable that Terraform takes the token of a host from. */
export function tokenVariable(host: string): string {
  return `TF_TOKEN_${host.replaceAll("-", "__").replaceAll(".", "_")}`;
}
