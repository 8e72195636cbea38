import type { Account } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import { splitArn } from "../../iam/condition/arn-match";
import { valuesOf } from "../../iam/policy-document";
import type { DocumentContext } from "../rule-context";
import { heldStatements, resourcePath } from "../facts/written-statement";
import type { WrittenStatement } from "../facts/written-statement";

/** A resource that a statement permits to connect to with rds-db:connect, as one role gets it. */
export interface DatabaseResource {
  readonly arn: string;
  /** Path of the resource below the statement. */
  readonly path: Path;
  /** `undefined` where the document is not used yet. */
  readonly account: Account | undefined;
}

/** The statements that permit to connect to databases, with all that they come to name. */
export function* databasePermissions(context: DocumentContext): Generator<{
  readonly written: WrittenStatement;
  readonly resources: readonly DatabaseResource[];
}> {
  for (const written of context.statements) {
    const { Effect, Action, Resource } = written.statement;
    if (Effect !== "Allow" || !valuesOf(Action).some((action) => /^rds-db:/i.test(action)))
      continue;
    const resources = (arns: readonly string[], account?: Account): DatabaseResource[] =>
      arns.map((arn, index) => ({
        arn,
        path: resourcePath(written, index, arns.length),
        account,
      }));
    const held = [...heldStatements(written, "permissions")];
    yield {
      written,
      resources:
        written.holders.length === 0
          ? resources(valuesOf(Resource))
          : held.flatMap((each) => resources(valuesOf(each.statement.Resource), each.account)),
    };
  }
}

/** The parts of an ARN of a database user; `undefined` where it is none or `*`. */
export function databaseUser(
  arn: string,
): { readonly service: string; readonly accountId: string; readonly resource: string } | undefined {
  const [, , service, , accountId, ...rest] = splitArn(arn) ?? [];
  if (service === undefined || accountId === undefined) return undefined;
  return { service, accountId, resource: rest.join(":") };
}
