/** The page of the package and of the repository that explains every finding. */
export const FINDINGS_PAGE = "docs/rules.md";

/** Where a finding is explained: a path in the package and in the repository, with the anchor of its heading. */
export function documentationOf(rule: string): string {
  return `${FINDINGS_PAGE}#${headingAnchor(rule)}`;
}

/** The anchor that GitHub gives a heading. */
export function headingAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, "")
    .replaceAll(" ", "-");
}
