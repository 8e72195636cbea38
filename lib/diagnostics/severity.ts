/** How much a finding weighs: an error stops the run, a warning fails `check`, information does neither. */
export type Severity = "error" | "warning" | "info";
