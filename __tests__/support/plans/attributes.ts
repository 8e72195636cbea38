/** What Terraform reads of a synthesized value: all but the comments that the library adds under `//`. */
export function attributesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(attributesOf);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, item]) => [key, attributesOf(item)]),
  );
}
