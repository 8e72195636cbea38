type Json = Readonly<Record<string, unknown>>;

/** Properties by type of resource, those that CloudFormation requires with `true` (AWS CloudFormation template reference). */
const PROPERTIES: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  "AWS::IAM::Role": {
    AssumeRolePolicyDocument: true,
    Description: false,
    ManagedPolicyArns: false,
    MaxSessionDuration: false,
    Path: false,
    PermissionsBoundary: false,
    Policies: false,
    RoleName: false,
    Tags: false,
  },
  "AWS::IAM::ManagedPolicy": {
    PolicyDocument: true,
    Description: false,
    ManagedPolicyName: false,
    Path: false,
  },
  "AWS::IAM::OIDCProvider": { ClientIdList: false, Tags: false, ThumbprintList: false, Url: false },
  "AWS::S3::Bucket": {
    BucketEncryption: false,
    BucketName: false,
    OwnershipControls: false,
    PublicAccessBlockConfiguration: false,
    VersioningConfiguration: false,
  },
  "AWS::S3::BucketPolicy": { Bucket: true, PolicyDocument: true },
};

const PSEUDO = new Set(["AWS::AccountId", "AWS::Partition", "AWS::Region"]);

/** What is wrong with the structure of a template: names, properties, and references that lead nowhere. */
export function templateProblems(template: Json): string[] {
  const { Parameters = {}, Conditions = {}, Resources = {} } = template as Record<string, Json>;
  const problems: string[] = [];
  for (const [id, value] of Object.entries(Resources)) {
    const {
      Type,
      Properties = {},
      Condition,
    } = value as {
      Type: string;
      Properties?: Json;
      Condition?: string;
    };
    const known = PROPERTIES[Type];
    if (!/^[A-Za-z0-9]+$/.test(id)) problems.push(`${id} is no name of a resource`);
    if (known === undefined) problems.push(`${id} is of the unknown type ${Type}`);
    for (const name of Object.keys(Properties)) {
      if (known?.[name] === undefined) problems.push(`${id} has no property ${name}`);
    }
    for (const [name, required] of Object.entries(known ?? {})) {
      if (required && !Object.hasOwn(Properties, name)) problems.push(`${id} lacks ${name}`);
    }
    if (Condition !== undefined && !Object.hasOwn(Conditions, Condition)) {
      problems.push(`${id} asks for the condition ${Condition}`);
    }
  }
  const used = new Set<string>();
  const isKnown = (name: string): boolean => {
    used.add(name);
    return PSEUDO.has(name) || Object.hasOwn(Parameters, name) || Object.hasOwn(Resources, name);
  };
  walk(template, (name, value) => {
    if (name === "Ref" && !isKnown(String(value))) problems.push(`Ref to ${String(value)}`);
    if (name === "Fn::GetAtt") {
      const [resource = "", attribute = ""] = value as string[];
      if (!Object.hasOwn(Resources, resource)) {
        problems.push(`Fn::GetAtt of ${resource}.${attribute}`);
      }
    }
    if (name === "Fn::Sub") {
      for (const [, variable = ""] of String(value).matchAll(/\$\{([^!}][^}]*)\}/g)) {
        if (!isKnown(variable)) problems.push(`Fn::Sub of ${variable}`);
      }
    }
  });
  for (const parameter of Object.keys(Parameters)) {
    if (!used.has(parameter)) problems.push(`the parameter ${parameter} is not used`);
  }
  return problems;
}

/** A template as CloudFormation would see it in an account: with `Fn::Sub` resolved. */
export function resolveTemplate(template: Json, accountId: string): unknown {
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "object" || value === null) return value;
    const { "Fn::Sub": text } = value as { "Fn::Sub"?: string };
    if (text !== undefined) {
      return text
        .replaceAll("${AWS::AccountId}", accountId)
        .replaceAll("${AWS::Partition}", "aws")
        .replaceAll("${!", "${");
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
  };
  return resolve(template);
}

function walk(value: unknown, visit: (name: string, value: unknown) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [name, item] of Object.entries(value)) {
    visit(name, item);
    walk(item, visit);
  }
}
