import { IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Credentials that belong to the emulator's own account, which is the management account. */
const OWN_CREDENTIALS: Credentials = {
  accessKeyId: "testing",
  secretAccessKey: "testing",
};
const REGION = "us-east-1";

/** One role of a way into an account. */
export interface Hop {
  readonly roleArn: string;
  /** @default - none is passed */
  readonly externalId?: string;
}

/**
 * The accounts of an emulated organization. Whose account a call is made in, the credentials tell: those of
 * a session belong to the account of the role that was assumed.
 */
export class EmulatedAccounts {
  readonly #url: string;
  readonly #clients = new Map<string, IAMClient>();

  constructor(url: string) {
    this.#url = url;
  }

  /** IAM as a session sees it that went this way, each role assumed by the session before. */
  async assuming(hops: readonly Hop[]): Promise<{ iam: IAMClient; accountId: string }> {
    let credentials = OWN_CREDENTIALS;
    for (const { roleArn, externalId } of hops)
      credentials = await this.#assume(credentials, roleArn, externalId);
    const sts = new STSClient({ endpoint: this.#url, region: REGION, credentials });
    const { Account: accountId = "" } = await sts.send(new GetCallerIdentityCommand({}));
    sts.destroy();
    const known = this.#clients.get(accountId);
    if (known !== undefined) return { iam: known, accountId };
    const iam = new IAMClient({ endpoint: this.#url, region: REGION, credentials });
    this.#clients.set(accountId, iam);
    return { iam, accountId };
  }

  /** IAM of an account. */
  async iam(accountId: string): Promise<IAMClient> {
    const known = this.#clients.get(accountId);
    if (known !== undefined) return known;
    const own = await this.assuming([]);
    if (own.accountId === accountId) return own.iam;
    const roleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
    const session = await this.assuming([{ roleArn }]);
    if (session.accountId !== accountId) throw new Error(`${roleArn} is not in ${accountId}`);
    return session.iam;
  }

  /** Closes all connections. */
  destroy(): void {
    for (const client of this.#clients.values()) client.destroy();
  }

  async #assume(
    credentials: Credentials,
    RoleArn: string,
    ExternalId: string | undefined,
  ): Promise<Credentials> {
    const sts = new STSClient({ endpoint: this.#url, region: REGION, credentials });
    const passed = ExternalId === undefined ? {} : { ExternalId };
    const { Credentials: made } = await sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: "trustwheel", ...passed }),
    );
    sts.destroy();
    return {
      accessKeyId: made?.AccessKeyId ?? "",
      secretAccessKey: made?.SecretAccessKey ?? "",
      sessionToken: made?.SessionToken ?? "",
    };
  }
}
