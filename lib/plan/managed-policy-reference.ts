/** The path of an AWS managed policy as the map writes it: `/` or what is before its name (rule NP-01). */
export function managedPolicyPathOf(reference: string): string {
  const cut = reference.lastIndexOf("/");
  return cut < 0 ? "/" : `/${reference.slice(0, cut)}/`;
}
