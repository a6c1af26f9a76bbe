import { Coffre } from '@sillage/access';
import { type ContexteJob, RegistreJobs } from '@sillage/jobs';
import type { Horloge } from '@sillage/kernel';
import { Outbox } from '@sillage/persistence';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HORLOGE } from '../../api/index.js';
import { Recepisses } from '../../candidatures/recepisses.js';
import { JournalService } from '../../journal/index.js';
import { DepotIndisponible } from '../depot/depot-indisponible.js';
import { ouvrirScelle, parSegments } from '../depot/fichier-scelle.js';
import { OPTIONS_PIECES, type OptionsPieces } from '../options-pieces.js';
import { type AnalysePiece, type EtatPiece, Piece, placeDe } from '../piece.entity.js';
import { analyserPiece } from './analyser-piece.js';
import { ScannerIndisponible, type Verdict } from './scanner.js';

const ATTENTE_MS = 15_000;
const ATTENTE_MAX_MS = 900_000;

type Issue = Verdict | { readonly analyse: 'NON_ANALYSEE' };

const ETAT_APRES: Readonly<Record<AnalysePiece, EtatPiece>> = {
  SAINE: 'LIBEREE',
  INFECTEE: 'INFECTEE',
  NON_ANALYSEE: 'NON_ANALYSEE',
};

/**
 * The job that judges what is in quarantine. A scanner that cannot be believed, or a store that cannot be read, changes
 * nothing: it is asked again, for as long as it takes.
 */
@Injectable()
export class AnalyseDesPieces implements OnModuleInit {
  readonly #log = new Logger('Pieces');

  constructor(
    private readonly jobs: RegistreJobs,
    private readonly coffre: Coffre,
    private readonly outbox: Outbox,
    private readonly journal: JournalService,
    private readonly recepisses: Recepisses,
    @Inject(OPTIONS_PIECES) private readonly options: OptionsPieces,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  onModuleInit(): void {
    this.jobs.declarer(analyserPiece, (em, charge, contexte) => this.analyser(em, charge, contexte), 'pieces');
  }

  async analyser(
    em: EntityManager,
    { pieceId: id, essai }: { pieceId: string; essai: number },
    contexte: ContexteJob,
  ): Promise<void> {
    const { departementId } = contexte;
    const piece = await em
      .createQueryBuilder(Piece, 'p')
      .setLock('pessimistic_write')
      .where({ departementId, id, etat: 'RECUE' })
      .getOne();
    if (piece === null) return;
    let issue: Issue;
    try {
      issue = await this.#juger(em, piece);
    } catch (erreur) {
      if (!(erreur instanceof ScannerIndisponible || erreur instanceof DepotIndisponible)) throw erreur;
      const dansMs = Math.min(ATTENTE_MS * 2 ** Math.min(essai, 10), ATTENTE_MAX_MS);
      this.#log.warn(`${departementId} : pièce ${id} gardée en quarantaine. ${erreur.message}`);
      const suite = analyserPiece.pour(departementId, { pieceId: id, essai: essai + 1 });
      await this.outbox.publier(em, { ...suite, dansMs });
      return;
    }
    const { analyse } = issue;
    const apres = { etat: ETAT_APRES[analyse], analyse, analyseeLe: this.horloge.maintenant() };
    await em.update(Piece, { departementId, id }, apres);
    await this.journal.ecrire(em, contexte, {
      action: 'pieceAnalyser',
      objetType: 'Piece',
      objetId: id,
      regles: ['TRANS-27'],
      details: { ...issue, etat: apres.etat },
    });
    const { candidatureId, code } = piece;
    if (analyse === 'INFECTEE' && candidatureId !== null) {
      await this.recepisses.signalerInfectee(em, { departementId, id, candidatureId, code });
    }
  }

  async #juger(em: EntityManager, { departementId, id, stockage, cle, taille }: Piece): Promise<Issue> {
    const { scanner, depot } = this.options;
    if (scanner === null) return { analyse: 'NON_ANALYSEE' };
    const nom = { departementId, id: stockage };
    const fichier = await depot?.ouvrir(nom);
    if (!fichier)
      throw new Error(
        'Le fichier d’une pièce est introuvable : le worker a-t-il le dossier, ou le compartiment, du gateway ?',
      );
    try {
      const texte = await this.coffre.dechiffrer(em, departementId, placeDe('piece', 'cle', id), cle);
      const octets = ouvrirScelle(fichier, nom, Buffer.from(texte, 'base64'));
      if (octets.taille !== taille) throw new Error('Le fichier d’une pièce n’a plus sa taille.');
      return await scanner.analyser(parSegments(octets));
    } finally {
      await fichier.fermer();
    }
  }
}
