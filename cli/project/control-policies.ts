import type { AccountMap } from "../../lib/account-map/model/account-map";
import { readControlPoliciesFile } from "../../lib/account-map/read/control-policies-file";
import type { ControlPolicySet } from "../../lib/account-map/model/control-policy";
import { printFindings } from "../print/print-findings";
import type { PolicyDocument } from "../../lib/iam/policy-document";
import { readTexts } from "./check-inputs";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import type { Terminal } from "../system/terminal";

/**
 * Reads a file of control policies, by key of their organization. Problems are printed, and the exit code
 * returned.
 */
export function readControlPolicies(
  file: string,
  map: AccountMap,
  terminal: Terminal,
): ReadonlyMap<string, ControlPolicySet<PolicyDocument>> | ExitCode {
  const { texts, unreadable } = readTexts([file]);
  const text = texts.get(file);
  const result =
    text === undefined ? { diagnostics: unreadable } : readControlPoliciesFile(file, text, map);
  const { diagnostics } = result;
  if (diagnostics.length > 0) printFindings(diagnostics, terminal, texts);
  const read = "read" in result ? result.read : undefined;
  return read === undefined ? EXIT.usage : new Map([[read.organization, read.policies]]);
}
