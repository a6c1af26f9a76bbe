import { type ContexteActeur, exigerDroit, habilitationsQuiPermettent } from '@sillage/access';
import {
  type Dispositif,
  lireAuBesoin,
  lireBrouillon,
  lireValeurs,
  RegistreDispositifs,
} from '@sillage/dispositif-kit';
import { aujourdhui, type DateCivile, exiger, type Horloge, jourDe, Periode, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  direLEtat,
  HORLOGE,
  introuvable,
  lireDate,
  lireId,
  lireMontantPositif,
  lireMotif,
  numeroter,
} from '../api/index.js';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { EnveloppeService } from '../comptabilite/index.js';
import { JournalService } from '../journal/index.js';
import { EvenementsDossier } from '../versements/index.js';
import { Avenant, AvenantSignature, ETATS_AVENANT } from './avenant.entity.js';
import { deciderAvenant, deciderChangement } from './avenant.policy.js';
import { Convention, type Partie } from './convention.entity.js';
import { ControlesConvention } from './convention.controles.js';
import { cheminsDeSignature, Cumuls } from './cumuls.js';
import { deciderDateDeSignature, signePour } from './convention.policy.js';
import { exigerQualite } from './convention.service.js';
import { avenantsSignes, champsEnVigueur, termesSuccessifs } from './termes-successifs.js';
import { type ConventionSituee, SituationsConvention } from './convention.situation.js';

const CONVENTION = ['input', 'conventionId'];
const AVENANT = ['input', 'avenantId'];

/** What is left out stays as it is. */
export interface PreparationAvenant {
  conventionId: string;
  effetLe: string;
  au?: string | null;
  montant?: string | null;
  termes?: unknown;
  /** Fields of the candidature to replace, each in whole. */
  champs?: unknown;
  motif: string;
}

export interface SignatureAvenant {
  avenantId: string;
  partie: Partie;
  signeeLe: string;
  qualite: string;
}

/** Changes a signed convention, by the hand of both parties (AMB-190). Runs in the caller's transaction. */
@Injectable()
export class AvenantService {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly situations: SituationsConvention,
    private readonly controles: ControlesConvention,
    private readonly cumuls: Cumuls,
    private readonly enveloppes: EnveloppeService,
    private readonly evenements: EvenementsDossier,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * @returns the convention's uuid
   * @throws Refus what a convention would be refused for; ETAT_INCOMPATIBLE when it is not signed, or its bilan is confirmed;
   *   REGLE_NON_RESPECTEE when nothing would change
   */
  async preparer(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: Dispositif,
    input: PreparationAvenant,
  ): Promise<string> {
    const { departementId, acteur } = contexte;
    const id = lireId('Convention', input.conventionId, CONVENTION);
    const situee = await this.situations.verrouiller(em, contexte, id, CONVENTION);
    const { convention, candidature, objet, appelId } = situee;
    if (convention.dispositif !== dispositif.code) throw introuvable(CONVENTION);
    exigerDroit(contexte, 'conventionner', 'Convention', objet, CONVENTION);
    exigerModifiable(situee, CONVENTION);
    const effetLe = lireDate(input.effetLe, ['input', 'effetLe']);
    const au = donne(input.au) ? lireDate(input.au, ['input', 'au']) : convention.au;
    exigerDates(convention, effetLe, au);
    const montant = donne(input.montant)
      ? lireMontantPositif(input.montant, ['input', 'montant'], 'TRANS-09')
      : convention.montant;
    const termes = (input.termes ?? convention.termes) as Record<string, object>;
    const champs = lireBrouillon(dispositif.candidature.champs, input.champs ?? {}, ['input', 'champs']);
    const avenants = (await avenantsSignes(em, [convention]))(convention.id);
    const champsApres = champsEnVigueur(candidature, [...avenants, { champs }]);
    const plafond = await this.controles.exiger(em, dispositif, {
      candidature,
      champs: champsApres,
      periode: Periode.de(convention.du, au),
      montant,
      termes,
      date: convention.signeeLe as DateCivile,
      conventionId: convention.id,
      dossier: { appelId, territoireIds: objet.territoireIds, conventionId: convention.id },
    });
    const motif = lireMotif(input.motif, 'TRANS-09');
    const lire = (saisis: unknown): object => lireAuBesoin(dispositif.candidature.champs, saisis, ['input', 'champs']);
    exiger(
      deciderChangement({
        avant: { au: convention.au, montant: convention.montant, champs: lire(champsEnVigueur(candidature, avenants)) },
        apres: { au, montant, champs: lire(champsApres) },
        termesAvant: termesSuccessifs(dispositif, convention, avenants),
        termesApres: lireValeurs(dispositif.convention.termes, termes, ['input', 'termes']),
        effetLe,
      }),
    );
    const creeLe = this.horloge.maintenant();
    const avenant = {
      departementId,
      id: uuidv7(),
      numero: await numeroter(em, departementId, 'AVEN', jourDe(creeLe).year),
      conventionId: convention.id,
      etat: 'PROJET',
      effetLe,
      au,
      montant,
      termes,
      champs: champs as Record<string, object>,
      plafond: plafond as object,
      avant: {
        au: convention.au.toString(),
        montant: convention.montant.toString(),
        termes: convention.termes,
      } as object,
      motif,
      creeLe,
      creePar: acteur.utilisateurId,
    } as const;
    const [ecrit] = await insererSiLibre(em, Avenant, [avenant]);
    if (ecrit === undefined) {
      throw Refus.de(
        'DOUBLON',
        'Un avenant attend déjà d’être signé : signez-le ou abandonnez-le, puis préparez le suivant.',
        {
          path: CONVENTION,
          regle: 'TRANS-09',
        },
      );
    }
    await this.journal.ecrire(em, contexte, {
      action: `avenant${dispositif.prefixe}Preparer`,
      objetType: 'Avenant',
      objetId: ecrit,
      regles: ['TRANS-09', dispositif.convention.regles.plafond],
      details: { effetLe: input.effetLe, montant: montant.toString(), au: au.toString() },
    });
    return convention.id;
  }

  /** Records a party's signature; the second one changes the convention, its commitment, and has its payments computed again. */
  async signer(em: EntityManager, contexte: ContexteActeur, input: SignatureAvenant): Promise<string> {
    const { departementId, acteur } = contexte;
    const connu = await em.findOneBy(Avenant, { departementId, id: lireId('Avenant', input.avenantId, AVENANT) });
    if (!connu) throw introuvable(AVENANT);
    const situee = await this.situations.verrouiller(em, contexte, connu.conventionId, AVENANT);
    const { convention, objet } = situee;
    exigerDroit(contexte, 'signer', 'Convention', objet, AVENANT);
    const habilitations = habilitationsQuiPermettent(contexte, 'signer', 'Convention', objet);
    if (!signePour(input.partie, habilitations, convention.structureId)) {
      throw Refus.de('ACTION_INTERDITE', 'Votre habilitation ne permet pas de signer pour cette partie.', {
        path: ['input', 'partie'],
        regle: 'TRANS-29',
      });
    }
    // Read again: the convention's row is now locked.
    const avenant = await em.findOneByOrFail(Avenant, { departementId, id: connu.id });
    const signatures = await em.findBy(AvenantSignature, { departementId, avenantId: avenant.id });
    exigerProjet(avenant);
    if (signatures.some(({ partie }) => partie === input.partie)) {
      throw Refus.de('ETAT_INCOMPATIBLE', 'Cette partie a déjà signé : une signature ne se change pas.', {
        path: ['input', 'partie'],
        regle: 'TRANS-09',
      });
    }
    if (signatures.some(({ saisiePar }) => saisiePar === acteur.utilisateurId)) {
      throw Refus.de('AUTEUR_VALIDEUR_IDENTIQUES', 'Vous avez déjà saisi la signature de l’autre partie.', {
        path: ['input', 'partie'],
        regle: 'TRANS-29',
      });
    }
    exigerModifiable(situee, AVENANT);
    const signeeLe = lireDate(input.signeeLe, ['input', 'signeeLe']);
    exiger(deciderDateDeSignature(signeeLe, aujourdhui(this.horloge), jourDe(avenant.creeLe)));
    await em.insert(AvenantSignature, {
      departementId,
      id: uuidv7(),
      avenantId: avenant.id,
      partie: input.partie,
      signeeLe,
      qualite: exigerQualite(input.qualite),
      saisieLe: this.horloge.maintenant(),
      saisiePar: acteur.utilisateurId,
    });
    await this.journal.ecrire(em, contexte, {
      action: 'avenantSigner',
      objetType: 'Avenant',
      objetId: avenant.id,
      regles: ['TRANS-09', 'AMB-097'],
      details: { partie: input.partie, signeeLe: input.signeeLe },
    });
    const [autre] = signatures;
    if (autre) await this.#conclure(em, contexte, situee, avenant, plusTard(autre.signeeLe, signeeLe));
    return convention.id;
  }

  /** Gives up an avenant that is not signed by both: another may be prepared. */
  async abandonner(
    em: EntityManager,
    contexte: ContexteActeur,
    input: { avenantId: string; motif: string },
  ): Promise<string> {
    const { departementId } = contexte;
    const connu = await em.findOneBy(Avenant, { departementId, id: lireId('Avenant', input.avenantId, AVENANT) });
    if (!connu) throw introuvable(AVENANT);
    const { convention, objet } = await this.situations.verrouiller(em, contexte, connu.conventionId, AVENANT);
    exigerDroit(contexte, 'conventionner', 'Convention', objet, AVENANT);
    const { id } = connu;
    exigerProjet(await em.findOneByOrFail(Avenant, { departementId, id }));
    const motif = lireMotif(input.motif, 'TRANS-09');
    await em.update(Avenant, { departementId, id }, { etat: 'ABANDONNE' });
    await this.journal.ecrire(em, contexte, {
      action: 'avenantAbandonner',
      objetType: 'Avenant',
      objetId: id,
      regles: ['TRANS-09'],
      details: { motif },
    });
    return convention.id;
  }

  async #conclure(
    em: EntityManager,
    contexte: ContexteActeur,
    { convention, candidature, appelId, objet: { territoireIds } }: ConventionSituee,
    avenant: Avenant,
    signeLe: DateCivile,
  ): Promise<void> {
    const { departementId, id: conventionId } = convention;
    const { id, au, montant, termes } = avenant;
    const dispositif = this.registre.trouver(convention.dispositif) as Dispositif;
    const periode = Periode.de(convention.du, au);
    await this.cumuls.exigerALaSignature(
      em,
      dispositif,
      { candidature, conventionId, periode, montant, chemins: cheminsDeSignature(AVENANT) },
      { date: convention.signeeLe as DateCivile, dossier: { appelId, territoireIds, conventionId } },
    );
    await em.update(Avenant, { departementId, id }, { etat: 'SIGNE', signeLe });
    await em.update(
      Convention,
      { departementId, id: conventionId },
      { au, montant, termes: termes as Record<string, object>, modifieLe: this.horloge.maintenant() },
    );
    await this.enveloppes.ajuster(
      em,
      contexte,
      {
        dispositif,
        appelId,
        conventionId,
        objet: id,
        montant,
      },
      AVENANT,
    );
    await this.evenements.annoncer(em, { departementId, conventionId, evenement: 'CONVENTION_SIGNEE' });
  }
}

/** An empty text is a fault, not something left out. */
function donne(saisie: string | null | undefined): saisie is string {
  return saisie !== undefined && saisie !== null;
}

/** @param path what the caller named: the convention, or an avenant of it */
function exigerModifiable({ situation }: ConventionSituee, path: string[]): void {
  const { issue, motifs } = deciderAvenant(situation);
  exiger({ issue, motifs: motifs.map((motif) => ({ ...motif, chemin: path })) });
}

function exigerProjet({ etat, numero }: Avenant): void {
  if (etat === 'PROJET') return;
  throw Refus.de('ETAT_INCOMPATIBLE', `L’avenant ${numero} n’est plus un projet : ${direLEtat(ETATS_AVENANT, etat)}`, {
    path: AVENANT,
    regle: 'TRANS-09',
  });
}

function exigerDates({ du }: Convention, effetLe: DateCivile, au: DateCivile): void {
  const refuser = (champ: string, message: string): never => {
    throw Refus.de('PERIODE_INVALIDE', message, { path: ['input', champ], regle: 'TRANS-09' });
  };
  if (au.since(du).days < 0) refuser('au', 'La convention finirait avant d’avoir commencé.');
  if (effetLe.since(du).days < 0 || effetLe.since(au).days > 0) {
    refuser('effetLe', 'Un avenant prend effet pendant la convention.');
  }
}

function plusTard(une: DateCivile, autre: DateCivile): DateCivile {
  return une.since(autre).days > 0 ? une : autre;
}
