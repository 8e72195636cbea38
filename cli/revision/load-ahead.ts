import {
  actionAccessLevels,
  managedPolicyDocuments,
  managedPolicyNames,
} from "../../lib/iam/data/tables";

/**
 * Loads what a comparison otherwise loads on first use: a program that runs meanwhile could have replaced it by code
 * of its own.
 */
export function loadAhead(): void {
  managedPolicyNames();
  managedPolicyDocuments();
  actionAccessLevels();
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require("../../lib/review/report/html/render-html");
}
