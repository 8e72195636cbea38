import { devDependencies } from "../../package.json";
import type { PackageParts } from "./merge-files";
import { STARTER_BOUNDARY } from "./starter-map";
import type { StarterAnswers } from "./starter-map";

/** A document for a first role: it reads what applications log, and nothing of what they keep. */
const READ_LOGS = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "ReadLogs",
      Effect: "Allow",
      Action: [
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
        "logs:FilterLogEvents",
        "logs:GetLogEvents",
      ],
      Resource: "arn:{{partition}}:logs:*:{{account.id}}:*",
    },
  ],
};

/** The boundary of all roles: everything but changes of users, roles, the account and the organization. */
const BOUNDARY = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Ceiling",
      Effect: "Allow",
      NotAction: ["account:*", "iam:*", "organizations:*"],
      Resource: "*",
    },
    {
      Sid: "ReadIdentities",
      Effect: "Allow",
      Action: ["iam:Get*", "iam:List*", "organizations:Describe*", "organizations:List*"],
      Resource: "*",
    },
  ],
};

/** What does not belong into the repository. */
export const IGNORED = [
  "node_modules/",
  "cdktf.out/",
  "state/",
  ".terraform/",
  "*.tfstate*",
  ".trustwheel/",
  "*.html",
];

/** What a starting repository adds to its package.json. */
export function starterPackage(source: string): PackageParts {
  return {
    scripts: {
      check: "trustwheel check",
      synth: "trustwheel synth",
      prove: "trustwheel prove",
    },
    dependencies: { trustwheel: source },
    devDependencies: { "cdktf-cli": devDependencies["cdktf-cli"] },
  };
}

/**
 * The files of a starting repository besides the map and its pipeline, by path.
 *
 * @param source npm source of trustwheel, as in package.json
 */
export function starterFiles(
  name: string,
  answers: StarterAnswers,
  source: string,
): ReadonlyMap<string, string> {
  return new Map([
    [`policies/${STARTER_BOUNDARY}.json`, json(BOUNDARY)],
    ["policies/read-logs.json", json(READ_LOGS)],
    [
      "cdktf.json",
      json({ language: "typescript", app: "npx trustwheel synth", sendCrashReports: "false" }),
    ],
    [
      "package.json",
      json({
        name: packageName(name),
        private: true,
        ...starterPackage(source),
      }),
    ],
    [".gitignore", `${IGNORED.join("\n")}\n`],
    ["README.md", readme(answers)],
  ]);
}

function readme({ github }: StarterAnswers): string {
  const apply =
    github === undefined
      ? "npx cdktf deploy '*'       # apply it, with credentials that can assume the deployment roles"
      : "git push                   # the pipeline plans pull requests and applies what is merged";
  return `# Access to our AWS accounts

\`accounts.yaml\` lists our accounts and declares who can assume which roles. [trustwheel](https://www.npmjs.com/package/trustwheel) generates Terraform from it, one stack per account, and proves that it allows no one else.

\`\`\`sh
npx trustwheel check       # is the map valid?
npx trustwheel synth       # prove it, and write the Terraform to cdktf.out/
${apply}
\`\`\`

Once, before the first time: \`npm install\`, then \`npx trustwheel bootstrap${github === undefined ? " --caller ARN_OF_YOUR_ROLE" : ""}\`, which generates what the accounts need and shows how to apply it. \`npx trustwheel doctor\` reports what is missing. A new account: \`npx trustwheel onboard\`.
`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** A folder's name as npm takes names of packages. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" ? "access" : name;
}
