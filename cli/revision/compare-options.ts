import { Option } from "commander";

/** The option that names the revision to compare with. */
export function baseOption(): Option {
  return new Option(
    "-b, --base <ref>",
    "branch, tag or commit to compare with; synthesized by its own program",
  );
}

/** The option that names the revision to compare, instead of the working tree. */
export function headOption(): Option {
  return new Option(
    "--head <ref>",
    "revision to compare; read from Git and never run: the base's program synthesizes its data (default: the working tree)",
  );
}

/** The options that name folders instead of revisions. */
export function folderOptions(): readonly Option[] {
  return [
    new Option(
      "--base-dir <folder>",
      "existing Terraform of the base; with --base, the rules come from that revision",
    ),
    new Option("--head-dir <folder>", "existing Terraform to use instead of the working tree"),
  ];
}
