import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import type { EmulatedAccounts } from "./emulated-accounts";
import type { EmulatedOrganization } from "./emulated-organization";

/**
 * Makes a hub in the account `shared` that analysts enter, and in another account a role that it enters, as
 * somebody wrote them in the console: at the root of all paths, without tags and boundary, the spoke with an
 * external id. Tells their ARNs.
 */
export async function makeRolesByHand(
  accounts: EmulatedAccounts,
  organization: EmulatedOrganization,
  spokeAccount: string,
): Promise<{ readonly hub: string; readonly spoke: string }> {
  const [shared, other] = [organization.accountId("shared"), organization.accountId(spokeAccount)];
  const hub = `arn:aws:iam::${shared}:role/legacy-hub`;
  const spoke = `arn:aws:iam::${other}:role/legacy-reader`;
  const analysts = `arn:aws:iam::${shared}:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Analyst_????????????????`;
  const inShared = await accounts.iam(shared);
  await inShared.send(
    new CreateRoleCommand({
      RoleName: "legacy-hub",
      AssumeRolePolicyDocument: documentOf({
        Effect: "Allow",
        Principal: { AWS: shared },
        Action: ["sts:AssumeRole"],
        Condition: {
          ArnLike: { "aws:PrincipalArn": analysts },
          StringEquals: { "aws:PrincipalOrgID": [organization.id] },
        },
      }),
    }),
  );
  await inShared.send(
    new PutRolePolicyCommand({
      RoleName: "legacy-hub",
      PolicyName: "assume",
      PolicyDocument: documentOf({ Effect: "Allow", Action: "sts:AssumeRole", Resource: spoke }),
    }),
  );
  const inOther = await accounts.iam(other);
  await inOther.send(
    new CreateRoleCommand({
      RoleName: "legacy-reader",
      Description: "Reads what there is",
      MaxSessionDuration: 7200,
      AssumeRolePolicyDocument: documentOf({
        Effect: "Allow",
        Principal: { AWS: hub },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "legacy-1" } },
      }),
    }),
  );
  await inOther.send(
    new AttachRolePolicyCommand({
      RoleName: "legacy-reader",
      PolicyArn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    }),
  );
  return { hub, spoke };
}

function documentOf(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
