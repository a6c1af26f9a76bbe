import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';

/** A registry of its own for each application, with what Node says of itself. */
export function creerMetriques(service: string): Registry {
  const registre = new Registry();
  registre.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registre });
  return registre;
}

/** The part of `pg.Pool` that is measured. */
interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** How the connections to PostgreSQL are used, read when the metrics are. `attente`: requests that have none yet. */
export function mesurerPool(registre: Registry, dataSource: DataSource): void {
  new Gauge({
    name: 'sillage_pg_connexions',
    help: 'Connexions du pool PostgreSQL : ouvertes, libres, et requêtes en attente d’une connexion',
    labelNames: ['etat'],
    registers: [registre],
    collect() {
      const pool = Reflect.get(dataSource.driver, 'master') as Pool | undefined;
      this.set({ etat: 'ouvertes' }, pool?.totalCount ?? 0);
      this.set({ etat: 'libres' }, pool?.idleCount ?? 0);
      this.set({ etat: 'attente' }, pool?.waitingCount ?? 0);
    },
  });
}
