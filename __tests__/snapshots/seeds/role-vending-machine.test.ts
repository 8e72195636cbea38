import { snapshotSeed } from "../../support/terraform-snapshot";

snapshotSeed("role-vending-machine");
