import { databasePermissions, databaseUser } from "./database-permission";
import type { Rule } from "../rule";
import { placeIn } from "../facts/written-statement";

export const databaseArn: Rule = {
  id: "RD-01",
  severity: "error",
  summary: "a database user is named by rds-db, dbuser, the resource ID and the user",
  why: "AWS uses only this form: with the database identifier, or with `rds` as the service, nobody connects.",
  source: "RDS User Guide, UsingWithRDS.IAMDBAuth.IAMPolicy",
  *inDocuments(context) {
    for (const { written, resources } of databasePermissions(context)) {
      const wrong = resources.find(({ arn }) => faultOf(arn) !== undefined);
      if (wrong === undefined) continue;
      yield {
        ...placeIn(written, ...wrong.path),
        message: `${faultOf(wrong.arn) ?? ""}, got ${JSON.stringify(wrong.arn)}`,
        help: "write `arn:{{partition}}:rds-db:{{region}}:{{account.id}}:dbuser:RESOURCE-ID/USER`",
      };
    }
  },
};

function faultOf(arn: string): string | undefined {
  const user = databaseUser(arn);
  if (user === undefined) return undefined; // `*`, or no ARN, which the grammar reports
  if (user.service !== "rds-db") return "the service in the ARN of a database user is `rds-db`";
  const [, id] = /^dbuser:([^/]+)\/.+$/.exec(user.resource) ?? [];
  if (id === undefined) {
    return /[*?{]/.test(user.resource)
      ? undefined
      : "a database user is written as `dbuser:RESOURCE-ID/USER`";
  }
  if (/^(?:db|cluster|prx)-[A-Za-z0-9*?]+$/.test(id) || /^[*?]/.test(id) || id.includes("{{")) {
    return undefined;
  }
  return `a database is named by its resource ID, such as \`db-ABC\`, \`cluster-ABC\` or \`prx-ABC\`, not by its name`;
}
