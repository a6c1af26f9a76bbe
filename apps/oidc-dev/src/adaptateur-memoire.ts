import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider';

const CAPACITE = 5000;

interface Entree {
  readonly charge: AdapterPayload;
  readonly jusqua: number;
}

/**
 * Sessions, codes and grants, in memory: a restart asks people to choose their account again, nothing more. The clients
 * come from here too, rather than from the provider's configuration, which copies them with `structuredClone`: under
 * Jest the copies belong to another realm, and the provider then takes their keys for invalid.
 */
export function adaptateurMemoire(clients: readonly ClientMetadata[]): AdapterFactory {
  const entrees = new Map<string, Entree>();
  return (modele) => (modele === 'Client' ? new AdaptateurClients(clients) : new AdaptateurMemoire(modele, entrees));
}

class AdaptateurMemoire implements Adapter {
  constructor(
    private readonly modele: string,
    private readonly entrees: Map<string, Entree>,
  ) {}

  async upsert(id: string, charge: AdapterPayload, expiresIn?: number): Promise<void> {
    const cle = this.#cle(id);
    this.entrees.delete(cle);
    this.entrees.set(cle, { charge, jusqua: expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000 });
    for (const [doyenne] of this.entrees) {
      if (this.entrees.size <= CAPACITE) break;
      this.entrees.delete(doyenne);
    }
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entree = this.entrees.get(this.#cle(id));
    return entree && entree.jusqua > Date.now() ? entree.charge : undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#chercher((charge) => charge.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#chercher((charge) => charge.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    const charge = await this.find(id);
    if (charge) charge.consumed = Math.floor(Date.now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.entrees.delete(this.#cle(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [cle, { charge }] of this.#siennes()) if (charge.grantId === grantId) this.entrees.delete(cle);
  }

  #chercher(convient: (charge: AdapterPayload) => boolean): AdapterPayload | undefined {
    return this.#siennes().find(([, { charge, jusqua }]) => jusqua > Date.now() && convient(charge))?.[1].charge;
  }

  #siennes(): [string, Entree][] {
    return [...this.entrees].filter(([cle]) => cle.startsWith(`${this.modele}:`));
  }

  #cle(id: string): string {
    return `${this.modele}:${id}`;
  }
}

/** A closed list: nobody registers a client here. */
class AdaptateurClients extends AdaptateurMemoire {
  constructor(private readonly clients: readonly ClientMetadata[]) {
    super('Client', new Map());
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    return this.clients.find(({ client_id: clientId }) => clientId === id);
  }
}
