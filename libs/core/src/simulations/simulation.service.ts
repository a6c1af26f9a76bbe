import type { ContexteActeur } from '@sillage/access';
import {
  type Cotation,
  type Dispositif,
  grilleAu,
  lireAuBesoin,
  lireQuantites,
  type PlafondExplique,
} from '@sillage/dispositif-kit';
import { aujourdhui, type DateCivile, exiger, type Horloge, Montant, Periode, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HORLOGE, introuvable, lireDate, lireId, lireMontantPositif } from '../api/index.js';
import { AppelService } from '../appels/index.js';
import { deciderControles } from '../bilans/bilan.policy.js';
import { lireNotes, type NoteSaisie } from '../cotations/cotation.saisie.js';
import { deciderDuree } from '../conventions/convention.policy.js';
import { ParametreService } from '../parametres/index.js';
import { TerritoireService } from '../territoires/index.js';
import { ecarts, type Ecart } from '../versements/ecart.js';

/** A supposed dossier: what is left out is asked for only if a rule reads it. */
export interface Supposition {
  readonly appelId?: string | null;
  readonly territoires?: readonly string[] | null;
  readonly signeeLe?: string | null;
  readonly du: string;
  readonly au: string;
  readonly montant: string;
  readonly champs?: unknown;
  readonly termes: unknown;
  readonly bilan?: unknown;
  /** Supposed scores on the dispositif's grid; items left out count for nothing. */
  readonly notes?: readonly NoteSaisie[] | null;
}

export interface Simulation {
  readonly plafond: PlafondExplique;
  /** What would be proposed, in order; only what depends on no bilan when none is supposed. */
  readonly versements: readonly Ecart[];
}

/** The same calculation as the job's, on a dossier that does not exist: it writes nothing, and reads parameters alone. */
@Injectable()
export class SimulationService {
  constructor(
    private readonly appels: AppelService,
    private readonly territoires: TerritoireService,
    private readonly parametres: ParametreService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** @throws Refus VALEUR_INVALIDE, CHAMP_OBLIGATOIRE, MONTANT_SUPERIEUR_AU_PLAFOND, INTROUVABLE with the path of what is at fault */
  async simuler(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: Dispositif,
    supposition: Supposition,
  ): Promise<Simulation> {
    const date = supposition.signeeLe
      ? lireDate(supposition.signeeLe, ['input', 'signeeLe'])
      : aujourdhui(this.horloge);
    const periode = lirePeriode(supposition);
    const montantConventionne = lireMontantPositif(supposition.montant, ['input', 'montant'], 'TRANS-09');
    const parametres = await this.parametres.resoudre(
      em,
      contexte.departementId,
      dispositif,
      date,
      await this.#dossier(em, contexte, dispositif, supposition),
    );
    const termes = lireAuBesoin(dispositif.convention.termes, supposition.termes, ['input', 'termes']);
    const dureeMax = parametres[dispositif.convention.dureeMax]?.valeur as number;
    exiger(deciderDuree(periode, dureeMax, dispositif.convention.regles.duree));
    const plafond = dispositif.convention.plafond({ termes, periode, parametres });
    if (plafond.montant && montantConventionne.comparer(plafond.montant) > 0) {
      throw Refus.de(
        'MONTANT_SUPERIEUR_AU_PLAFOND',
        `Le montant dépasse le plafond de ${plafond.montant.enFrancais()}.`,
        { path: ['input', 'montant'], regle: dispositif.convention.regles.plafond },
      );
    }
    const { bilan: declare } = dispositif;
    const bilan =
      declare && supposition.bilan ? lireAuBesoin(declare.champs, supposition.bilan, ['input', 'bilan']) : null;
    const dues = dispositif.versements
      .filter(({ a }) => a === 'CONVENTION_SIGNEE' || bilan !== null)
      .map((declaration) => ({
        declaration,
        date: declaration.a === 'CONVENTION_SIGNEE' ? date : finOuJour(periode, date),
      }));
    const champs = lireAuBesoin(dispositif.candidature.champs, supposition.champs ?? {}, ['input', 'champs']);
    const termesSuccessifs = [{ du: periode.du, termes }];
    const cotation = coter(dispositif, supposition.notes, date);
    const quantites = lireQuantites(dispositif.quantites, parametres, { bilan, suivis: [] });
    const calcul = {
      champs,
      termes,
      termesSuccessifs,
      periode,
      montantConventionne,
      parametres,
      bilan,
      cotation,
      quantites,
    };
    if (declare && bilan)
      exiger(deciderControles(declare, { ...calcul, bilan, date: finOuJour(periode, date) }, ['input', 'bilan']));
    return { plafond, versements: ecarts(dues, calcul, []) };
  }

  async #dossier(
    em: EntityManager,
    contexte: ContexteActeur,
    { code }: Dispositif,
    { appelId, territoires }: Supposition,
  ): Promise<{ appelId?: string; territoireIds: string[] }> {
    const path = ['input', 'appelId'];
    const appel = appelId ? await this.appels.trouver(em, contexte, lireId('Appel', appelId, path)) : null;
    if (appelId && appel?.dispositif !== code) throw introuvable(path);
    const territoireIds: string[] = [];
    for (const [rang, nom] of (territoires ?? []).entries()) {
      const chemin = ['input', 'territoires', String(rang)];
      territoireIds.push((await this.territoires.exiger(em, contexte, nom, chemin)).id);
    }
    return { ...(appel ? { appelId: appel.id } : {}), territoireIds };
  }
}

/** Scores that nobody has given, on the grid of the day of the signature. */
function coter({ grille }: Dispositif, notes: Supposition['notes'], signeeLe: DateCivile): Cotation | null {
  if (!grille || !notes) return null;
  const version = grilleAu(grille, signeeLe);
  return { version, notes: Object.fromEntries(lireNotes(version, notes).map((note) => [note.item, note])) };
}

function lirePeriode({ du, au }: Supposition): Periode {
  const [debut, fin] = [lireDate(du, ['input', 'du']), lireDate(au, ['input', 'au'])];
  if (fin.since(debut).days >= 0) return Periode.de(debut, fin);
  throw Refus.de('PERIODE_INVALIDE', 'La convention finirait avant d’avoir commencé.', {
    path: ['input', 'au'],
    regle: 'TRANS-09',
  });
}

/** A bilan is confirmed once the work is done. */
function finOuJour({ au }: Periode, date: DateCivile): DateCivile {
  return au ?? date;
}

/** What all of it would be worth to the porteur. */
export function total(versements: readonly Ecart[]): Montant {
  return Montant.somme(versements.flatMap(({ aProposer }) => aProposer?.montant ?? []));
}
