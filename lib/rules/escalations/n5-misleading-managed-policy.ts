import { awsManagedName, managedName } from "../facts/managed-document";
import { readOnlyRoles } from "../facts/read-only-roles";
import type { Rule } from "../rule";

/**
 * What managed policies permit on everything that their names do not tell, by name. PowerUserAccess,
 * SystemAdministrator, DataScientist and IAMFullAccess are reported by rule N1, ReadOnlyAccess by NP-02.
 */
export const MANAGED_POLICY_TRAPS: Readonly<
  Record<string, { readonly actions: readonly string[]; readonly says: string }>
> = {
  DatabaseAdministrator: {
    actions: ["s3:GetObject", "redshift:GetClusterCredentials", "rds:ModifyDBInstance"],
    says: "reads the objects of all buckets and signs in to all Redshift clusters as any user",
  },
  SupportUser: {
    actions: ["sqs:ReceiveMessage", "kinesis:GetRecords", "lambda:GetFunction"],
    says: "reads records of streams, code of functions, and messages of queues, which then hide from their readers",
  },
};

export const misleadingManagedPolicy: Rule = {
  id: "N5",
  severity: "warning",
  summary: "no role has a managed policy that allows more than its name says",
  why: "AWS's policies for job functions cover whole jobs: they read data and get credentials that their names do not suggest.",
  source: "AWS managed policies DatabaseAdministrator v5 and SupportUser v11",
  *inMap(context) {
    const reading = new Set(readOnlyRoles(context.map)); // rule read-only rejects these policies there
    for (const { settings } of context.entries) {
      if (reading.has(settings)) continue;
      for (const { name, at } of settings.permissions.managed) {
        if (awsManagedName(name) === undefined) continue;
        const trap = MANAGED_POLICY_TRAPS[managedName(name)];
        if (trap === undefined) continue;
        yield {
          at,
          message: `\`${managedName(name)}\` allows more than its name says: it ${trap.says}`,
          help: "write a document with what the role needs",
        };
      }
    }
  },
};
