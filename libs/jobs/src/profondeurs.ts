import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EtatMessage } from '@sillage/persistence';
import { listerDepartements, UniteDeTravail } from '@sillage/persistence';
import { compterParFile } from './outbox-sql.js';

/** Jobs of one queue in one state, all départements together. */
export interface Profondeur {
  file: string;
  etat: EtatMessage;
  nombre: number;
}

/** Counts what is not done: waiting, refused, given up. The outbox knows; what a queue holds may be less, or twice. */
@Injectable()
export class Profondeurs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unite: UniteDeTravail,
  ) {}

  async compter(): Promise<Profondeur[]> {
    const sommes = new Map<string, Profondeur>();
    for (const { departementId } of await listerDepartements(this.dataSource)) {
      const lignes = await this.unite.lecture(departementId, (em) => compterParFile(em, departementId));
      for (const { file, etat, nombre } of lignes) {
        const cle = `${file} ${etat}`;
        sommes.set(cle, { file, etat, nombre: nombre + (sommes.get(cle)?.nombre ?? 0) });
      }
    }
    return [...sommes.values()];
  }
}
