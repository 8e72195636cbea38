import type { Rule } from "../rule";

export const changedAccountId: Rule = {
  id: "changed-account-id",
  severity: "error",
  summary: "an account key keeps its account ID while Terraform state of the old account exists",
  why: "Terraform would look for the old account's roles in the new account, and leave them behind.",
  source: "state is keyed by account ID",
  refused: true,
  *inMap({ map, previous }) {
    for (const [key, id] of previous?.accountIds ?? []) {
      const account = map.accounts.get(key);
      if (account === undefined || account.id === id || previous?.hasState(id) !== true) continue;
      yield {
        at: [...account.at, "id"],
        message: `the ID of \`${key}\` was ${id} at the last synth and is ${account.id} now: the roles in ${id} would be left behind`,
        help: `give ${account.id} its own key; to abandon ${id}, first destroy its stack and remove its state`,
      };
    }
  },
};
