import DataLoader from 'dataloader';
import {
  type DataSource,
  type EntityManager,
  type EntityTarget,
  In,
  type ObjectLiteral,
  type QueryRunner,
} from 'typeorm';
import { Acte, CandidatureTerritoire, Convention, Jeune, Structure, Territoire, Versement } from './entites.js';

/** One request: a transaction opened when first needed, with its tenant, and the loaders that batch what fields ask for. */
export class ContexteRequete {
  departement: string;
  private executeur?: QueryRunner;
  private ouverture?: Promise<EntityManager>;

  constructor(
    readonly req: { headers: { authorization?: string } },
    private readonly source: DataSource,
  ) {}

  transaction(): Promise<EntityManager> {
    this.ouverture ??= this.ouvrir();
    return this.ouverture;
  }

  async terminer(reussie: boolean): Promise<void> {
    if (this.executeur === undefined) return;
    try {
      await this.ouverture;
      await (reussie ? this.executeur.commitTransaction() : this.executeur.rollbackTransaction());
    } finally {
      await this.executeur.release();
    }
  }

  readonly jeunes = this.parId(Jeune);
  readonly structures = this.parId(Structure);
  readonly territoires = this.parId(Territoire);

  readonly nombresActes = new DataLoader<string, number>(async (ids) => {
    const lignes = await (
      await this.transaction()
    )
      .createQueryBuilder(Acte, 'c')
      .select('c.accompagnementId', 'id')
      .addSelect('count(*)', 'nombre')
      .where('c.accompagnementId in (:...ids)', { ids: [...ids] })
      .groupBy('c.accompagnementId')
      .getRawMany<{ id: string; nombre: string }>();
    const nombres = new Map(lignes.map(({ id, nombre }) => [id, Number(nombre)]));
    return ids.map((id) => nombres.get(id) ?? 0);
  });

  /** The latest three: what no query builder writes is written in SQL. */
  readonly derniersActes = new DataLoader<string, Acte[]>(async (ids) => {
    const lignes: Acte[] = await (
      await this.transaction()
    ).query(
      `select k.id as "accompagnementId", c.id, c.nature, c.date::text as date from unnest($1::uuid[]) k (id)
        cross join lateral (select id, nature, date from sillage.acte where accompagnement_id = k.id
          order by date desc, id desc limit 3) c`,
      [[...ids]],
    );
    return grouper(ids, lignes, (acte) => acte.accompagnementId);
  });

  readonly territoiresDesCandidatures = new DataLoader<string, CandidatureTerritoire[]>(async (ids) => {
    const liens = await (
      await this.transaction()
    ).find(CandidatureTerritoire, { where: { candidatureId: In([...ids]) } });
    return grouper(ids, liens, (lien) => lien.candidatureId);
  });

  readonly conventions = new DataLoader<string, Convention | null>(async (ids) => {
    const lues = await (await this.transaction()).find(Convention, { where: { candidatureId: In([...ids]) } });
    const parCandidature = new Map(lues.map((convention) => [convention.candidatureId, convention]));
    return ids.map((id) => parCandidature.get(id) ?? null);
  });

  readonly versements = new DataLoader<string, Versement[]>(async (ids) => {
    const lus = await (
      await this.transaction()
    ).find(Versement, { where: { conventionId: In([...ids]) }, order: { id: 'ASC' } });
    return grouper(ids, lus, (versement) => versement.conventionId);
  });

  private parId<E extends ObjectLiteral & { id: string }>(entite: EntityTarget<E>): DataLoader<string, E | null> {
    return new DataLoader(async (ids) => {
      const lues = await (await this.transaction()).find(entite, { where: { id: In([...ids]) } as never });
      const parId = new Map(lues.map((ligne) => [ligne.id, ligne]));
      return ids.map((id) => parId.get(id) ?? null);
    });
  }

  private async ouvrir(): Promise<EntityManager> {
    this.executeur = this.source.createQueryRunner();
    await this.executeur.startTransaction();
    await this.executeur.query(`select set_config('sillage.departement', $1, true)`, [this.departement]);
    return this.executeur.manager;
  }
}

function grouper<L>(cles: readonly string[], lignes: readonly L[], cleDe: (ligne: L) => string): L[][] {
  const groupes = new Map<string, L[]>(cles.map((cle) => [cle, []]));
  for (const ligne of lignes) groupes.get(cleDe(ligne))?.push(ligne);
  return cles.map((cle) => groupes.get(cle) ?? []);
}
