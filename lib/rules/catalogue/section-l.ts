import { dateOperator } from "../date-operator";
import { expiredWindow } from "../expired-window";
import type { CatalogueEntry } from "../rule";
import { runningSessions } from "../running-sessions";
import { sessionRevocation } from "../session-revocation";

/** Section L: time windows. */
export const SECTION_L: readonly CatalogueEntry[] = [
  { status: "checked", rule: runningSessions },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/cutting-sessions.test.ts",
    id: "TB-02",
    summary:
      "a denial of everything after a moment, `DateGreaterThan` on `aws:CurrentTime`, ends running sessions at that moment",
    why: "Permissions of a session are evaluated at each request. Such a denial arrives as it is written.",
    source: "IAM User Guide, id_credentials_temp_control-access_disable-perms",
  },
  { status: "checked", rule: sessionRevocation },
  {
    status: "read",
    by: "account map",
    severity: "error",
    id: "TB-04",
    summary: "a time window is written in UTC, with moments that exist, and ends after it begins",
    why: "A window that ends before it begins lets nobody in.",
    source: "IAM User Guide, reference_policies_elements_condition_operators",
  },
  { status: "checked", rule: dateOperator },
  { status: "checked", rule: expiredWindow },
];
