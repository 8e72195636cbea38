import { managedBeyondReading } from "../facts/beyond-reading";
import { managedDocument, managedName } from "../facts/managed-document";
import { readOnlyRoles } from "../facts/read-only-roles";
import { dataRead } from "./reads-data";
import type { Rule } from "../rule";

/** What the description of a role says that reads more than settings. */
const LABEL = /\breads data\b/i;

export const readsDataLabel: Rule = {
  id: "NP-02",
  severity: "warning",
  summary: "a read-only role whose managed policy also reads data says so in its description",
  why: "ReadOnlyAccess reads every object, table, parameter and queue, not only settings: anyone who grants the role must know.",
  source: "AWS managed policy ReadOnlyAccess v182",
  *inMap({ map }) {
    for (const { description = "", permissions } of readOnlyRoles(map)) {
      if (LABEL.test(description)) continue;
      for (const { name, at } of permissions.managed) {
        const document = managedDocument(name);
        const data = document === undefined ? [] : dataRead(document);
        // A policy that is about one service says what it reads by its name.
        if (data.length < 2 || managedBeyondReading(name).length > 0) continue;
        yield {
          at,
          message: `\`${managedName(name)}\` reads data, not only settings: ${data.join(", ")}`,
          help: "say so with the words `reads data` in `description:`, or use `job-function/ViewOnlyAccess`",
        };
      }
    }
  },
};
