import { RegistreJobs } from '@sillage/jobs';
import type { Horloge } from '@sillage/kernel';
import { Outbox } from '@sillage/persistence';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, In, LessThan } from 'typeorm';
import { HORLOGE } from '../api/index.js';
import { analyserPiece, balayerPieces } from './analyse/analyser-piece.js';
import type { DepotDePieces } from './depot/depot-de-pieces.js';
import { OPTIONS_PIECES, type OptionsPieces } from './options-pieces.js';
import { Piece, PieceTicket } from './piece.entity.js';

/** In Paris, after what is kept of people. */
const HEURE = 4;
const JOUR_MS = 86_400_000;
/** Rows looked for at once. */
const LOT = 500;

/** Every night: what was begun and never finished is removed, what is infected too, and what still waits for a verdict is asked again. */
@Injectable()
export class BalayageDesPieces implements OnModuleInit {
  readonly #log = new Logger('Pieces');

  constructor(
    private readonly jobs: RegistreJobs,
    private readonly outbox: Outbox,
    @Inject(OPTIONS_PIECES) private readonly options: OptionsPieces,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  onModuleInit(): void {
    this.jobs.declarerQuotidien(
      balayerPieces,
      HEURE,
      (em, _charge, { departementId }) => this.balayer(em, departementId),
      'pieces',
    );
  }

  async balayer(em: EntityManager, departementId: string): Promise<void> {
    const hier = this.horloge.maintenant().subtract({ milliseconds: JOUR_MS });
    await em.delete(PieceTicket, { departementId, expireLe: LessThan(hier) });
    const enAttente = await em.findBy(Piece, { departementId, etat: 'RECUE', recueLe: LessThan(hier) });
    for (const { id } of enAttente) {
      await this.outbox.publier(em, analyserPiece.pour(departementId, { pieceId: id, essai: 0 }));
    }
    const { depot } = this.options;
    if (depot === null) return;
    const orphelins = await this.#orphelins(em, departementId, depot);
    const infectees = await em.findBy(Piece, { departementId, etat: 'INFECTEE' });
    for (const id of [...orphelins, ...infectees.map(({ stockage }) => stockage)]) {
      await depot.supprimer({ departementId, id });
    }
    if (orphelins.length > 0) this.#log.log(`${departementId} : ${orphelins.length} fichier(s) sans pièce supprimé(s)`);
  }

  /** Files a day old that no row names: their ticket expired long ago, nobody is writing them. */
  async #orphelins(em: EntityManager, departementId: string, depot: DepotDePieces): Promise<string[]> {
    const vieux: string[] = [];
    for await (const { id, ageMs } of depot.lister(departementId)) if (ageMs > JOUR_MS) vieux.push(id);
    const orphelins: string[] = [];
    for (let debut = 0; debut < vieux.length; debut += LOT) {
      const ids = vieux.slice(debut, debut + LOT);
      const connus = await em.findBy(Piece, { departementId, stockage: In(ids) });
      const stockages = new Set(connus.map(({ stockage }) => stockage));
      orphelins.push(...ids.filter((id) => !stockages.has(id)));
    }
    return orphelins;
  }
}
