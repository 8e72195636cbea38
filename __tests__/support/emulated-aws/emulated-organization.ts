import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreateOrganizationalUnitCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";

/** An organization of the emulator, whose units and accounts are known by path and by name. */
export class EmulatedOrganization {
  readonly #client: OrganizationsClient;
  readonly #units = new Map<string, string>();
  readonly #accounts = new Map<string, string>();
  #id = "";

  constructor(endpoint: string) {
    const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
    this.#client = new OrganizationsClient({ endpoint, region: "us-east-1", credentials });
  }

  get id(): string {
    return this.#id;
  }

  /** Ids of all accounts, also of closed ones. */
  get accountIds(): readonly string[] {
    return [...this.#accounts.values()];
  }

  /** Id of an account by its name; the management account is `management`. */
  accountId(name: string): string {
    const id = this.#accounts.get(name);
    if (id === undefined) throw new Error(`there is no account ${name}`);
    return id;
  }

  /** Makes the organization, with its root as the unit `/`. */
  async create(): Promise<void> {
    const command = new CreateOrganizationCommand({ FeatureSet: "ALL" });
    const { Organization = {} } = await this.#client.send(command);
    this.#id = Organization.Id ?? "";
    this.#accounts.set("management", Organization.MasterAccountId ?? "");
    const { Roots = [] } = await this.#client.send(new ListRootsCommand({}));
    this.#units.set("/", Roots[0]?.Id ?? "");
  }

  /** Makes a unit; the one above it must be there. */
  async addUnit(path: string): Promise<void> {
    const cut = path.lastIndexOf("/");
    const ParentId = this.#units.get(cut === 0 ? "/" : path.slice(0, cut));
    const command = new CreateOrganizationalUnitCommand({ ParentId, Name: path.slice(cut + 1) });
    const { OrganizationalUnit } = await this.#client.send(command);
    this.#units.set(path, OrganizationalUnit?.Id ?? "");
  }

  /** Makes an account in a unit and tells its id. */
  async addAccount(name: string, unit: string): Promise<string> {
    const Email = `${name}@example.com`;
    const command = new CreateAccountCommand({ AccountName: name, Email });
    const AccountId = (await this.#client.send(command)).CreateAccountStatus?.AccountId ?? "";
    this.#accounts.set(name, AccountId);
    const SourceParentId = this.#units.get("/");
    const DestinationParentId = this.#units.get(unit);
    await this.#client.send(
      new MoveAccountCommand({ AccountId, SourceParentId, DestinationParentId }),
    );
    return AccountId;
  }

  async close(name: string): Promise<void> {
    await this.#client.send(new CloseAccountCommand({ AccountId: this.accountId(name) }));
  }

  /** Closes the connections. */
  destroy(): void {
    this.#client.destroy();
  }
}
