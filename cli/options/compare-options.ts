import { Option } from "@commander-js/extra-typings";

/** The option that names the revision to compare with. */
export function baseOption() {
  return new Option(
    "-b, --base <ref>",
    "branch, tag or commit to compare with; synthesized by its own program",
  );
}

/** The option that names the revision to compare, instead of the working tree. */
export function headOption() {
  return new Option(
    "--head <ref>",
    "revision to compare; read from Git and never run: the base's program synthesizes its data (default: the working tree)",
  );
}

/** The option that names existing Terraform of the base. */
export function baseDirOption() {
  return new Option(
    "--base-dir <folder>",
    "existing Terraform of the base; with --base, the rules come from that revision",
  );
}

/** The option that names existing Terraform of the head. */
export function headDirOption() {
  return new Option("--head-dir <folder>", "existing Terraform to use instead of the working tree");
}
