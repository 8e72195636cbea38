/** A name that STS takes for a session and for a source identity: the characters that it does not take are replaced (rule ID-14). */
export function validName(name: string | undefined): string {
  const cleaned = (name ?? "").replace(/[^\w+=,.@-]+/g, "-").slice(0, 64);
  return cleaned.length < 2 ? "trustwheel" : cleaned;
}
