import type { Rule } from "./rule";

export const changedAccountId: Rule = {
  id: "changed-account-id",
  severity: "error",
  summary: "an account's id does not change under its key while a state of the old account exists",
  why: "Terraform would look into the new account for the roles of the old one, and forget those.",
  source: "state is kept by account id",
  refused: true,
  *check({ map, previous }) {
    for (const [key, id] of previous?.accountIds ?? []) {
      const account = map.accounts.get(key);
      if (account === undefined || account.id === id || previous?.hasState(id) !== true) continue;
      yield {
        at: [...account.at, "id"],
        message: `the id of \`${key}\` was ${id} at the last synthesis and is ${account.id} now: the roles in ${id} would be left behind`,
        help: `give ${account.id} a key of its own; to give up ${id}, destroy its stack first and remove its state`,
      };
    }
  },
};
