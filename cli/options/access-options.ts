import { Option } from "@commander-js/extra-typings";

/** How an answer about access is printed. */
export type AccessFormat = "text" | "json";

/** The option that says how an answer is printed. */
export function formatOption() {
  return new Option("-f, --format <format>", "output format")
    .choices(["text", "json"])
    .default("text");
}

/** The option that names Terraform to ask about. */
export function dirOption() {
  return new Option(
    "-d, --dir <folder>",
    "use the Terraform in a folder instead of synthesizing it",
  );
}

/** The option that names plans to ask about. */
export function planOption() {
  return new Option(
    "--plan <files...>",
    "use the access after these plans are applied (`terraform show -json` output)",
  ).conflicts("dir");
}

/** The option that names the control policies of an organization. */
export function controlPoliciesOption() {
  return new Option(
    "--control-policies <file>",
    "use the SCPs and RCPs in this file instead of the map's",
  );
}

/** What an answer about access rests on. */
export interface AccessSources {
  /** File of the account map. @default - accounts.yaml */
  readonly map?: string;
  /** Folder of Terraform. @default - what the map is synthesized to */
  readonly dir?: string;
  /** Files of plans. @default - what the map is synthesized to */
  readonly plan?: readonly string[];
  /** File of control policies. @default - those that the map names */
  readonly controlPolicies?: string;
}
