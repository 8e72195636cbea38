import { dateOperator } from "./tb-05-date-operator";
import { expiredWindow } from "./tb-06-expired-window";
import type { Section } from "../rule";
import { runningSessions } from "./tb-01-running-sessions";
import { sessionRevocation } from "./tb-03-session-revocation";

export const TIME_WINDOWS: Section = {
  title: "Time windows",
  entries: [
    { status: "checked", rule: runningSessions },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/cutting-sessions.test.ts",
      id: "TB-02",
      summary:
        "a deny of everything after a point in time, `DateGreaterThan` on `aws:CurrentTime`, ends running sessions at that time",
      why: "AWS evaluates a session's permissions at each request. trustwheel writes such a deny unchanged.",
      source: "IAM User Guide, id_credentials_temp_control-access_disable-perms",
    },
    { status: "checked", rule: sessionRevocation },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "TB-04",
      summary: "a time window is in UTC, has valid dates, and ends after it begins",
      why: "A window that ends before it begins allows nobody.",
      source: "IAM User Guide, reference_policies_elements_condition_operators",
    },
    { status: "checked", rule: dateOperator },
    { status: "checked", rule: expiredWindow },
  ],
};
