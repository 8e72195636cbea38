import { summaryText } from "../../../../lib/session/jobs/job-result";
import { selectRoles } from "../../../../lib/session/jobs/select-roles";
import type { AccountChoice } from "../../../../lib/session/jobs/select-roles";
import { sampleIndex } from "../../../support/access/sample-index";

const INDEX = sampleIndex();

function accounts(role: string, choice: AccountChoice = {}): unknown {
  const found = selectRoles(INDEX, role, choice);
  return "problem" in found
    ? `${found.problem}; ${found.help}`
    : found.value.map(({ account }) => account);
}

test("the accounts of a role are chosen by key, ID, OU and tag; what is given must all fit", () => {
  expect(accounts("watch")).toEqual(["blue", "green", "top"]);
  expect(accounts("watch", { accounts: ["100000000003", "top"] })).toEqual(["green", "top"]);
  expect(accounts("watch", { units: ["/Apps/**"] })).toEqual(["blue", "green"]);
  expect(accounts("watch", { units: ["/Apps/*"], tags: ["team=a", "team=c"] })).toEqual(["blue"]);
  expect(accounts("watch", { except: ["/Apps/Test", "top"] })).toEqual(["blue"]);
});

test("an OU or a tag never chooses a management account, its key does", () => {
  expect(accounts("watch", { units: ["/**"] })).toEqual(["blue", "green"]);
  expect(accounts("watch", { units: ["/**"], accounts: ["top", "blue"] })).toEqual(["blue", "top"]);
});

test("what chooses nothing says what there is", () => {
  expect(accounts("wach")).toBe("there is no role `wach` in any account; did you mean `watch`?");
  expect(accounts("watch", { accounts: ["core"] })).toBe(
    "there is no role `watch` in `core`; it is in `blue`, `green`, `top`",
  );
  expect(accounts("watch", { accounts: ["blu"] })).toBe(
    "there is no account `blu`; did you mean `blue`?",
  );
  expect(accounts("watch", { tags: ["team"] })).toBe(
    "`team` is not KEY=VALUE; write tags such as `team=shop`",
  );
  expect(accounts("watch", { units: ["/Old"] })).toBe(
    "no account with the role `watch` is chosen; it is in `blue`, `green`, `top`; check --units, --tags and --except",
  );
});

test("the table tells what was not done, and why", () => {
  const base = { accountId: "100000000002" };
  expect(
    summaryText({
      role: "watch",
      command: ["true"],
      results: [
        { account: "a", ...base, status: "done" },
        { account: "b", ...base, status: "failed", code: 3 },
        { account: "c", ...base, status: "timed-out", seconds: 12.4 },
        {
          account: "d",
          ...base,
          status: "denied",
          hop: "gate@core",
          reasons: [{ side: "trust policy", statement: "Robot", certain: true, text: "no" }],
          help: "x",
        },
        { account: "e", ...base, status: "not-started" },
      ],
    }),
  ).toBe(
    [
      "  b        100000000002  failed       exit code 3",
      "  c        100000000002  timed-out    after 12 s",
      "  d        100000000002  denied       gate@core: trust policy, statement Robot: no",
      "  e        100000000002  not-started",
      "1 done, 1 failed, 1 timed-out, 1 denied, 1 not-started",
      "",
    ].join("\n"),
  );
});
