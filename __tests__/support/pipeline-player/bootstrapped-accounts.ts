import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import type { BootstrapRole } from "../../../lib/bootstrap/bootstrap-stack";
import { planBootstrap } from "../../../lib/bootstrap/plan-bootstrap";
import type { AccountMap } from "../../../lib/account-map/model/account-map";
import type { ResolvedAccess } from "../../../lib/plan/resolved-access";
import type { EmulatedAccounts } from "../emulated-aws/emulated-accounts";
import type { Moto } from "../emulated-aws/moto";

/** Makes in emulated accounts what `trustwheel bootstrap` says must be there before Terraform can work. */
export async function bootstrapAccounts(
  { map, plan }: { readonly map: AccountMap; readonly plan: ResolvedAccess },
  accounts: EmulatedAccounts,
  moto: Moto,
): Promise<void> {
  const { stacks, stateBucket } = planBootstrap({
    ...{ map, plan, documents: new Map(), callers: [] },
  });
  for (const { account, deploymentRole, planRole, oidcProviders, boundaries } of stacks) {
    if (boundaries.length > 0) throw new Error("boundaries are not made here");
    const iam = await accounts.iam(account.id);
    const make = async (role: BootstrapRole): Promise<void> => {
      const { name: RoleName, path: Path, trust, permissions } = role;
      const AssumeRolePolicyDocument = JSON.stringify(trust);
      await iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument }));
      const PolicyDocument = JSON.stringify(permissions);
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument }));
    };
    await make(deploymentRole);
    await make(planRole);
    for (const { url, audiences } of oidcProviders) {
      const asked = { Url: url, ClientIDList: [...audiences] };
      await iam.send(new CreateOpenIDConnectProviderCommand(asked));
    }
  }
  if (stateBucket === undefined) return;
  const { name: Bucket, region } = stateBucket;
  const s3 = new S3Client({
    ...{ endpoint: moto.url, region, forcePathStyle: true },
    credentials: { accessKeyId: "testing", secretAccessKey: "testing" },
  });
  const LocationConstraint = region as "eu-central-1";
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }),
  );
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  s3.destroy();
}
