import { type ContexteActeur, exigerDroit, peut } from '@sillage/access';
import { itemsDeGrille, type ParametreResolu, scoreDeGrille, type VersionDeGrille } from '@sillage/dispositif-kit';
import { ajouterJours, aujourdhui, exiger, type Explication, type Horloge, jourDe, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ACTION_INTERDITE, HORLOGE, introuvable, lireId, lireMotif, numeroter } from '../api/index.js';
import { Convention } from '../conventions/convention.entity.js';
import { JournalService } from '../journal/index.js';
import { ParametreService } from '../parametres/index.js';
import { EvenementsDossier } from '../versements/evenements-dossier.js';
import { DROITS_DES_GESTES, gestePermis, itemsNotables } from './cotation.actions.js';
import { Cotation, CotationItem } from './cotation.entity.js';
import { deciderGeste, type GesteCotation, GESTES_COTATION } from './cotation.policy.js';
import {
  lireNotes,
  lireTextes,
  type NoteLue,
  type NoteSaisie,
  type ObservationSaisie,
  type PreuveSaisie,
} from './cotation.saisie.js';
import { type CotationSituee, notesDe, SituationsCotation } from './cotation.situation.js';
import { archiver, ecrireItems } from './cotation.sql.js';

const CONVENTION = ['input', 'conventionId'];
const COTATION = ['input', 'cotationId'];
const REGLES = ['TRANS-14', 'AMB-078'];

/** A cotation as its caller has read it. */
export interface CotationLue {
  cotationId: string;
  version: number;
}

type Ouverte = CotationSituee & { readonly cotation: Cotation; readonly grille: VersionDeGrille };

/** From the porteur's evidence to final scores (AMB-078). Runs in the caller's transaction; each gesture leaves a version. */
@Injectable()
export class CotationService {
  constructor(
    private readonly situations: SituationsCotation,
    private readonly parametres: ParametreService,
    private readonly evenements: EvenementsDossier,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** Evidence by item, as long as it is not handed in; the first one opens the cotation of the convention. */
  async renseigner(
    em: EntityManager,
    contexte: ContexteActeur,
    input: { conventionId: string; version?: number | null; preuves: readonly PreuveSaisie[] },
  ): Promise<string> {
    const situee = await this.#situer(em, contexte, lireId('Convention', input.conventionId, CONVENTION), CONVENTION);
    const { convention, objet, grille } = situee;
    if (!peut(contexte, 'lire', 'Convention', { ...objet, etat: convention.etat })) throw introuvable(CONVENTION);
    if (!peut(contexte, 'remettre', 'Cotation', objet)) throw interdite(CONVENTION);
    if (!situee.dispositif?.grille) {
      throw Refus.de('ETAT_INCOMPATIBLE', 'Ce dispositif n’a pas de grille.', { path: CONVENTION, regle: 'TRANS-14' });
    }
    this.#decider(contexte, 'RENSEIGNER', situee);
    if (grille === null) throw introuvable(CONVENTION);
    const preuves = lireTextes(
      grille,
      input.preuves.map(({ item, preuve }) => ({ item, texte: preuve })),
      { liste: 'preuves', champ: 'preuve' },
    );
    exigerVersion(situee.cotation ?? { version: null }, input.version ?? null);
    const cotation = situee.cotation ?? (await this.#ouvrir(em, contexte, convention, grille));
    await ecrireItems(em, cotation, 'preuve', preuves);
    return this.#franchir(em, contexte, 'RENSEIGNER', cotation, {});
  }

  async soumettre(em: EntityManager, contexte: ContexteActeur, input: CotationLue): Promise<string> {
    const { cotation } = await this.#prendre(em, contexte, 'SOUMETTRE', input);
    return this.#franchir(em, contexte, 'SOUMETTRE', cotation, {});
  }

  /** Scores of the items that the caller's roles score; the others may come from other services. */
  async noter(
    em: EntityManager,
    contexte: ContexteActeur,
    input: CotationLue & { notes: readonly NoteSaisie[] },
  ): Promise<string> {
    const situee = await this.#prendre(em, contexte, 'NOTER', input);
    const notes = lireNotes(situee.grille, input.notes);
    const notables = itemsNotables(contexte, situee);
    const rang = notes.findIndex(({ item }) => !notables.has(item));
    if (rang >= 0) throw interdite(['input', 'notes', String(rang), 'item']);
    await ecrireItems(em, situee.cotation, 'notes', notes);
    return this.#franchir(em, contexte, 'NOTER', situee.cotation, {});
  }

  /** All is scored: the porteur may contradict, until a day that is told. */
  async proposer(em: EntityManager, contexte: ContexteActeur, input: CotationLue): Promise<string> {
    const situee = await this.#prendre(em, contexte, 'PROPOSER', input);
    const { score, explication, delai } = await this.#calculer(em, situee);
    return this.#franchir(em, contexte, 'PROPOSER', situee.cotation, {
      score,
      explication,
      proposeePar: contexte.acteur.utilisateurId,
      observationsJusquAu: ajouterJours(aujourdhui(this.horloge), delai, 'calendaires'),
    });
  }

  async observer(
    em: EntityManager,
    contexte: ContexteActeur,
    input: CotationLue & { observations: readonly ObservationSaisie[] },
  ): Promise<string> {
    const { cotation, grille } = await this.#prendre(em, contexte, 'OBSERVER', input);
    const observations = lireTextes(
      grille,
      input.observations.map(({ item, observation }) => ({ item, texte: observation })),
      { liste: 'observations', champ: 'observation' },
    );
    await ecrireItems(em, cotation, 'observation', observations);
    return this.#franchir(em, contexte, 'OBSERVER', cotation, {});
  }

  /** The siège's last word, with the scores that it changes and why; a balance that was computed without them is computed again. */
  async arreter(
    em: EntityManager,
    contexte: ContexteActeur,
    input: CotationLue & { notes?: readonly NoteSaisie[] | null; motif?: string | null },
  ): Promise<string> {
    const situee = await this.#prendre(em, contexte, 'ARRETER', input);
    const { cotation, convention, situation } = situee;
    const notes: readonly NoteLue[] = input.notes?.length ? lireNotes(situee.grille, input.notes) : [];
    // A score that the siège changes is told why, and so is the answer to what the porteur contests (AMB-078).
    const aDire = notes.length > 0 || cotation.etat === 'CONTESTEE' || Boolean(input.motif);
    const motif = aDire ? lireMotif(input.motif ?? '', 'AMB-078') : null;
    if (notes.length > 0) await ecrireItems(em, cotation, 'notes', notes);
    const { departementId } = contexte;
    const items = await em.findBy(CotationItem, { departementId, cotationId: cotation.id });
    const { score, explication } = await this.#calculer(em, { ...situee, items });
    const id = await this.#franchir(em, contexte, 'ARRETER', cotation, {
      score,
      explication,
      motif,
      arreteeLe: this.horloge.maintenant(),
      arreteePar: contexte.acteur.utilisateurId,
    });
    if (situation.bilanConfirme) {
      const conventionId = convention.id;
      await this.evenements.annoncer(em, { departementId, conventionId, evenement: 'BILAN_CONFIRME' });
    }
    return id;
  }

  /** Final scores are taken back, as long as no balance was computed on them: the services score again. */
  async rouvrir(em: EntityManager, contexte: ContexteActeur, input: CotationLue & { motif: string }): Promise<string> {
    const { cotation } = await this.#prendre(em, contexte, 'ROUVRIR', input);
    return this.#franchir(em, contexte, 'ROUVRIR', cotation, {
      motif: lireMotif(input.motif, 'AMB-078'),
      score: null,
      explication: null,
      proposeePar: null,
      observationsJusquAu: null,
      arreteeLe: null,
      arreteePar: null,
    });
  }

  async #ouvrir(
    em: EntityManager,
    { departementId }: ContexteActeur,
    { id: conventionId, dispositif, structureId }: Convention,
    grille: VersionDeGrille,
  ): Promise<Cotation> {
    const maintenant = this.horloge.maintenant();
    const cotation: Cotation = {
      departementId,
      id: uuidv7(),
      numero: await numeroter(em, departementId, 'COT', jourDe(maintenant).year),
      conventionId,
      dispositif,
      structureId,
      grille: grille.code,
      etat: 'PREUVES',
      version: 0,
      score: null,
      explication: null,
      motif: null,
      creeLe: maintenant,
      modifieLe: maintenant,
      proposeePar: null,
      observationsJusquAu: null,
      arreteeLe: null,
      arreteePar: null,
    };
    await em.insert(Cotation, { ...cotation, explication: null });
    const vide = { preuve: null, points: null, sousPoints: null, motif: null, observation: null };
    await em.insert(
      CotationItem,
      itemsDeGrille(grille).map(({ code: item }) => ({
        departementId,
        id: uuidv7(),
        cotationId: cotation.id,
        item,
        ...vide,
      })),
    );
    return cotation;
  }

  /** The cotation that a gesture is on, when its caller may make it, as they have read it. */
  async #prendre(
    em: EntityManager,
    contexte: ContexteActeur,
    geste: GesteCotation,
    input: CotationLue,
  ): Promise<Ouverte> {
    const { departementId } = contexte;
    const connue = await em.findOneBy(Cotation, { departementId, id: lireId('Cotation', input.cotationId, COTATION) });
    if (!connue) throw introuvable(COTATION);
    const situee = await this.#situer(em, contexte, connue.conventionId, COTATION);
    exigerDroit(contexte, DROITS_DES_GESTES[geste], 'Cotation', situee.objet, COTATION);
    if (!gestePermis(contexte, geste, situee)) throw interdite(COTATION);
    this.#decider(contexte, geste, situee);
    const { cotation, grille } = situee;
    if (cotation === null || grille === null) throw introuvable(COTATION);
    exigerVersion(cotation, input.version);
    return { ...situee, cotation, grille };
  }

  /** The convention's row is locked: one gesture at a time on its cotation. */
  async #situer(
    em: EntityManager,
    { departementId }: ContexteActeur,
    id: string,
    path: string[],
  ): Promise<CotationSituee> {
    const convention = await em
      .createQueryBuilder(Convention, 'c')
      .setLock('pessimistic_write')
      .where({ departementId, id })
      .getOne();
    const [situee] = convention ? await this.situations.situer(em, [convention]) : [];
    if (!situee) throw introuvable(path);
    return situee;
  }

  #decider(contexte: ContexteActeur, geste: GesteCotation, { situation }: CotationSituee): void {
    exiger(deciderGeste(geste, situation, contexte.acteur.utilisateurId, aujourdhui(this.horloge)));
  }

  async #calculer(
    em: EntityManager,
    { convention, candidature, dispositif, objet, grille, items }: CotationSituee,
  ): Promise<{ score: number; explication: Explication; delai: number }> {
    if (!dispositif?.grille || grille === null || !convention.signeeLe) throw introuvable(COTATION);
    const { libelle, regle, penaliteMalus, plafond, delaiObservations } = dispositif.grille;
    const { departementId, id: conventionId, signeeLe } = convention;
    const dossier = { appelId: candidature.appelId, territoireIds: objet.territoireIds, conventionId };
    const resolus = await this.parametres.resoudre(em, departementId, dispositif, signeeLe, dossier);
    const entier = (cle: string) => resolus[cle] as ParametreResolu<number>;
    const { valeur, explication } = scoreDeGrille(
      { version: grille, notes: notesDe(items) },
      { libelle, regle, penaliteMalus: entier(penaliteMalus), plafond: entier(plafond) },
    );
    return { score: Number(valeur.entierInferieur()), explication, delai: entier(delaiObservations).valeur };
  }

  async #franchir(
    em: EntityManager,
    contexte: ContexteActeur,
    geste: GesteCotation,
    { id, version }: Cotation,
    changements: Partial<Omit<Cotation, 'departementId' | 'id'>>,
  ): Promise<string> {
    const { departementId } = contexte;
    const etat = GESTES_COTATION[geste].vers;
    const modifieLe = this.horloge.maintenant();
    await em.update(
      Cotation,
      { departementId, id },
      { ...(changements as object), etat, version: version + 1, modifieLe },
    );
    await archiver(em, contexte, { id, geste, le: modifieLe });
    const action = `cotation${geste.charAt(0)}${geste.slice(1).toLowerCase()}`;
    await this.journal.ecrire(em, contexte, { action, objetType: 'Cotation', objetId: id, regles: REGLES });
    return id;
  }
}

/** None is what was read where there was none yet: two first writers do not overwrite each other. */
function exigerVersion({ version }: { version: number | null }, lue: number | null): void {
  if (version === lue) return;
  throw Refus.de('CONFLIT_DE_VERSION', 'Cette cotation a changé depuis que vous l’avez lue.', {
    path: ['input', 'version'],
    regle: 'TRANS-14',
  });
}

function interdite(path: string[]): Refus {
  const [motif] = ACTION_INTERDITE.motifs;
  return Refus.de('ACTION_INTERDITE', motif?.message ?? '', { path, regle: motif?.regle ?? 'TRANS-29' });
}
