import type { Account } from "../../account-map/model/account-map";
import { formatAccounts } from "../facts/accounts-in-words";
import { databasePermissions, databaseUser } from "./database-permission";
import type { DatabaseResource } from "./database-permission";
import type { Rule } from "../rule";
import { placeIn } from "../facts/written-statement";

export const databaseAccount: Rule = {
  id: "RD-02",
  severity: "error",
  summary: "the role that connects to a database is in the database's account",
  why: "A database accepts sessions only from its own account: across accounts, the last role of the chain connects.",
  source: "RDS User Guide, UsingWithRDS.IAMDBAuth.IAMPolicy",
  *inDocuments(context) {
    for (const { written, resources } of databasePermissions(context)) {
      let first: DatabaseResource | undefined;
      const elsewhere = new Set<Account>();
      for (const resource of resources) {
        const { arn, account } = resource;
        const home = databaseUser(arn)?.accountId;
        if (account === undefined || home === undefined || !/^\d{12}$/.test(home)) continue;
        if (home === (account.id as string)) continue;
        first ??= resource;
        elsewhere.add(account);
      }
      if (first === undefined) continue;
      yield {
        ...placeIn(written, ...first.path),
        message: `a role in ${formatAccounts([...elsewhere])} cannot connect to a database of another account, got ${JSON.stringify(first.arn)}`,
        help: "give the permission to a role in the database's account, and let this role assume it",
      };
    }
  },
};
