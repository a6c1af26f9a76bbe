import type { Horloge, Motif } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HORLOGE } from '../api/index.js';
import { Candidature, DossiersCandidature } from '../candidatures/index.js';
import { PORTEUR, type Recevabilite } from '../candidatures/candidature.dossier.js';
import type { FichierLu } from './fichier.js';
import type { Destination, Faute, LigneJugee, Proposition } from './lecture-des-lignes.js';

type Retenue = LigneJugee & { readonly proposition: Proposition };

/** A row that the dispositif's rules have judged, and what its deposit misses: the pieces stayed in the other software. */
export type LigneRecevable = LigneJugee & { readonly manquantes: readonly Motif[] };

/** What the dispositif's own rules say of the rows, with the parameters of the day of deposit; borderline points wait for the decision. */
@Injectable()
export class RecevabiliteDesLignes {
  constructor(
    private readonly dossiers: DossiersCandidature,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** What forbids the deposit refuses the row, its pieces apart: they were given there, and a completion asks for them here (AMB-166). */
  async juger(
    em: EntityManager,
    { appel, dispositif }: Destination,
    jugees: readonly LigneJugee[],
    fichier: Pick<FichierLu, 'colonneDe'>,
  ): Promise<LigneRecevable[]> {
    const retenues = jugees.filter((jugee): jugee is Retenue => jugee.proposition !== null);
    const lueLe = this.horloge.maintenant();
    const dossiers = retenues.map(({ proposition: { champs, deposeeLe, structureId, territoires } }) => ({
      candidature: Object.assign(new Candidature(), {
        departementId: appel.departementId,
        appelId: appel.id,
        structureId,
        champs,
        deposeeLe,
      }),
      dispositif,
      appel,
      territoires,
      avis: [],
      lueLe,
    }));
    const recevabilites = await this.dossiers.recevabilites(em, dossiers);
    const parLigne = new Map(retenues.map(({ ligne }, rang) => [ligne, recevabilites[rang]]));
    return jugees.map((jugee) => {
      const { refus, aConfirmer }: Recevabilite = parLigne.get(jugee.ligne) ?? { refus: [], aConfirmer: [] };
      const manquantes = [...refus, ...aConfirmer.flatMap(({ motifs }) => motifs)].filter(viseUnePiece);
      const opposes = refus.filter((motif) => !viseUnePiece(motif));
      if (opposes.length === 0) return { ...jugee, manquantes };
      const fautes = opposes.map((motif) => enFaute(motif, fichier));
      return { ...jugee, proposition: null, fautes, manquantes: [] };
    });
  }
}

function viseUnePiece({ chemin }: Motif): boolean {
  return chemin?.[0] === 'pieces';
}

function enFaute({ code, message, regle, chemin = [] }: Motif, fichier: Pick<FichierLu, 'colonneDe'>): Faute {
  const duPorteur = chemin.join('.') === PORTEUR.join('.');
  const colonne = fichier.colonneDe(duPorteur ? ['siret'] : chemin.filter((pas) => pas !== 'champs'));
  return { code, message, regle, colonne };
}
