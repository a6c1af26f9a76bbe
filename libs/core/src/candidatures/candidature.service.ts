import { type ContexteActeur, exigerDroit } from '@sillage/access';
import { deciderPorteur, type Dispositif, lireBrouillon } from '@sillage/dispositif-kit';
import { elaguer, exiger, type Horloge, jourDe, non, Refus, type StructureId } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { v7 as uuidv7 } from 'uuid';
import { ActivationService } from '../activations/index.js';
import { HORLOGE, introuvable, lireId, numeroter } from '../api/index.js';
import { AppelService, deciderFenetre } from '../appels/index.js';
import { JournalService } from '../journal/index.js';
import { Structure } from '../structures/index.js';
import { type Territoire, TerritoireService } from '../territoires/index.js';
import { type DossierCandidature, DossiersCandidature, objetProtege } from './candidature.dossier.js';
import { Candidature, CandidatureTerritoire } from './candidature.entity.js';
import { ACTIONS_CANDIDATURE, type ActionCandidature, deciderAction } from './candidature.policy.js';
import { Recepisses } from './recepisses.js';

export interface CreationCandidature {
  appelId: string;
  structureId: string;
  /** Codes or aliases. */
  territoires: readonly string[];
  champs: unknown;
  referenceExterne?: string | null;
}

export interface Enregistrement {
  candidatureId: string;
  /** The version that the caller saw: a draft changed meanwhile is not overwritten. */
  version: number;
  territoires?: readonly string[] | null;
  champs?: unknown;
  referenceExterne?: string | null;
}

/** What a porteur does with a candidature: write it, deposit it, validate it, give it up. Every method runs in the caller's transaction. */
@Injectable()
export class CandidatureService {
  constructor(
    private readonly dossiers: DossiersCandidature,
    private readonly appels: AppelService,
    private readonly activations: ActivationService,
    private readonly territoires: TerritoireService,
    private readonly recepisses: Recepisses,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** Opens a draft on a published appel whose window is open. Returns its uuid. */
  async creer(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: Dispositif,
    input: CreationCandidature,
  ): Promise<string> {
    const { departementId } = contexte;
    const appel = await this.appels.lire(em, departementId, lireId('Appel', input.appelId, ['input', 'appelId']), [
      'input',
      'appelId',
    ]);
    if (appel.dispositif !== dispositif.code || appel.etat !== 'PUBLIE') throw introuvable(['input', 'appelId']);
    const structureId = lireId('Structure', input.structureId, ['input', 'structureId']);
    const structure = await em.findOneBy(Structure, { departementId, id: structureId as StructureId });
    if (structure === null) throw introuvable(['input', 'structureId']);
    const territoires = await this.lireTerritoires(em, contexte, dispositif, appel.id, input.territoires);
    exigerDroit(
      contexte,
      'creer',
      'Candidature',
      {
        dispositif: dispositif.code,
        structureId: structure.id,
        etat: 'BROUILLON',
        territoireIds: territoires.map((t) => t.id),
      },
      ['input', 'structureId'],
    );
    exiger(deciderPorteur(dispositif.candidature.porteurs, structure.nature, ['input', 'structureId']));
    exiger(
      await this.activations.decider(
        em,
        departementId,
        { dispositif: dispositif.code, territoireIds: territoires.map((t) => t.id), pour: 'COMMENCER' },
        ['input', 'territoires'],
      ),
    );
    const maintenant = this.horloge.maintenant();
    exiger(deciderFenetre(appel, maintenant, dispositif.candidature.regleFenetre, ['input', 'appelId']));
    const candidature: QueryDeepPartialEntity<Candidature> = {
      departementId,
      id: uuidv7(),
      numero: await numeroter(em, departementId, 'CAND', jourDe(maintenant).year),
      appelId: appel.id,
      dispositif: dispositif.code,
      structureId: structure.id,
      etat: 'BROUILLON',
      champs: lireBrouillon(dispositif.candidature.champs, input.champs, ['input', 'champs']) as Jsonb,
      version: 1,
      referenceExterne: lireReference(input.referenceExterne),
      creeLe: maintenant,
      creePar: contexte.acteur.utilisateurId,
      modifieLe: maintenant,
    };
    const id = candidature.id as string;
    await em.insert(Candidature, candidature);
    await this.ecrireTerritoires(em, departementId, id, territoires);
    await this.journal.ecrire(em, contexte, { action: 'candidatureCreer', objetType: 'Candidature', objetId: id });
    return id;
  }

  /** Saves a draft. Fields given replace the former ones, fields left out stay: a form may save as it is typed. */
  async enregistrer(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: Dispositif,
    input: Enregistrement,
  ): Promise<string> {
    const dossier = await this.acceder(em, contexte, input.candidatureId, 'ENREGISTRER');
    const { candidature } = dossier;
    if (candidature.dispositif !== dispositif.code) throw introuvable(CHEMIN_ID);
    // A suspension freezes the dossier as it is (AMB-177)...
    const { activation } = await this.dossiers.situation(em, dossier);
    exiger({
      ...activation.continuer,
      motifs: activation.continuer.motifs.map((motif) => ({ ...motif, chemin: CHEMIN_ID })),
    });
    // ... else it is judged on the territories that it will have: one where the dispositif is off can be left, not joined.
    const territoires = input.territoires
      ? await this.lireTerritoires(em, contexte, dossier.dispositif, candidature.appelId, input.territoires)
      : dossier.territoires;
    await this.exigerOuverte(em, 'ENREGISTRER', { ...dossier, territoires }, ['input', 'territoires']);
    if (candidature.version !== input.version) throw dejaChangee(candidature.version);
    const saisis = lireBrouillon(dispositif.candidature.champs, input.champs ?? {}, ['input', 'champs']);
    if (input.territoires) {
      await em.delete(CandidatureTerritoire, { departementId: contexte.departementId, candidatureId: candidature.id });
      await this.ecrireTerritoires(em, contexte.departementId, candidature.id, territoires);
    }
    await this.changer(em, contexte, dossier, 'candidatureEnregistrer', {
      champs: { ...candidature.champs, ...saisis } as Jsonb,
      ...(input.referenceExterne === undefined ? {} : { referenceExterne: lireReference(input.referenceExterne) }),
    });
    return candidature.id;
  }

  /** AMB-044: first timestamp. The file is complete and admissible, the window open. */
  async deposer(em: EntityManager, contexte: ContexteActeur, candidatureId: string): Promise<string> {
    const dossier = await this.ouvrir(em, contexte, candidatureId, 'DEPOSER');
    const { refus, aConfirmer } = await this.dossiers.recevabilite(em, dossier);
    if (refus.length > 0) exiger(non(refus));
    await this.changer(em, contexte, dossier, 'candidatureDeposer', {
      etat: 'DEPOSEE',
      deposeeLe: dossier.lueLe,
    });
    await this.recepisses.delivrer(em, dossier, { cle: 'DEPOT', depuis: dossier.candidature.creeLe });
    await this.recepisses.signalerManquantes(em, dossier, aConfirmer);
    return dossier.candidature.id;
  }

  /** AMB-044: second timestamp, the porteur's final gesture, before the closing too. */
  async valider(em: EntityManager, contexte: ContexteActeur, candidatureId: string): Promise<string> {
    const dossier = await this.ouvrir(em, contexte, candidatureId, 'VALIDER');
    await this.changer(em, contexte, dossier, 'candidatureValider', {
      etat: 'VALIDEE',
      valideeLe: dossier.lueLe,
    });
    return dossier.candidature.id;
  }

  async abandonner(em: EntityManager, contexte: ContexteActeur, candidatureId: string): Promise<string> {
    const dossier = await this.ouvrir(em, contexte, candidatureId, 'ABANDONNER');
    await this.changer(em, contexte, dossier, 'candidatureAbandonner', { etat: 'ABANDONNEE' });
    return dossier.candidature.id;
  }

  /**
   * The locked dossier, once the caller has the right and the action is open.
   * @throws Refus INTROUVABLE, ACTION_INTERDITE, or why the action is closed
   */
  async ouvrir(
    em: EntityManager,
    contexte: ContexteActeur,
    id: string,
    action: ActionCandidature,
  ): Promise<DossierCandidature> {
    const dossier = await this.acceder(em, contexte, id, action);
    await this.exigerOuverte(em, action, dossier, CHEMIN_ID);
    return dossier;
  }

  private async acceder(
    em: EntityManager,
    contexte: ContexteActeur,
    id: string,
    action: ActionCandidature,
  ): Promise<DossierCandidature> {
    const dossier = await this.dossiers.verrouiller(em, contexte, lireId('Candidature', id, CHEMIN_ID), CHEMIN_ID);
    exigerDroit(contexte, ACTIONS_CANDIDATURE[action].droit, 'Candidature', objetProtege(dossier), CHEMIN_ID);
    return dossier;
  }

  private async exigerOuverte(
    em: EntityManager,
    action: ActionCandidature,
    dossier: DossierCandidature,
    chemin: string[],
  ): Promise<void> {
    const decision = deciderAction(action, await this.dossiers.situation(em, dossier));
    const motifs = decision.motifs.map((motif) => ({
      ...motif,
      chemin: motif.code === 'DISPOSITIF_INACTIF' ? chemin : CHEMIN_ID,
    }));
    exiger({ ...decision, motifs });
  }

  /** Writes a change of state or content, with its version, its date and its line in the journal. */
  async changer(
    em: EntityManager,
    contexte: ContexteActeur,
    { candidature, lueLe }: Pick<DossierCandidature, 'candidature' | 'lueLe'>,
    action: string,
    valeurs: QueryDeepPartialEntity<Candidature>,
  ): Promise<void> {
    await em.update(
      Candidature,
      { departementId: contexte.departementId, id: candidature.id },
      { ...valeurs, version: candidature.version + 1, modifieLe: lueLe },
    );
    await this.journal.ecrire(em, contexte, {
      action,
      objetType: 'Candidature',
      objetId: candidature.id,
      regles: ['AMB-044', 'AMB-105'],
      details: { de: candidature.etat, vers: valeurs.etat ?? candidature.etat, version: candidature.version + 1 },
    });
  }

  /** @throws Refus when there is none, when one is unknown, or when the appel does not cover it */
  private async lireTerritoires(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: Dispositif,
    appelId: string,
    codes: readonly string[],
  ): Promise<Territoire[]> {
    const path = ['input', 'territoires'];
    if (codes.length === 0) {
      throw Refus.de('CHAMP_OBLIGATOIRE', 'Indiquez au moins un territoire.', { path, regle: 'TRANS-05' });
    }
    const territoires: Territoire[] = [];
    for (const code of codes) {
      const territoire = await this.territoires.exiger(em, contexte, code, path);
      if (!territoires.some((t) => t.id === territoire.id)) territoires.push(territoire);
    }
    const ouverts = await this.appels.territoireIds(em, contexte.departementId, appelId);
    const hors = territoires.filter((t) => !ouverts.includes(t.id));
    if (hors.length === 0) return territoires;
    const noms = hors.map((t) => t.libelle).join(', ');
    throw Refus.de('TERRITOIRE_HORS_APPEL', `L’appel ne couvre pas : ${noms}.`, {
      path,
      regle: dispositif.candidature.regleTerritoires ?? 'TRANS-05',
    });
  }

  private async ecrireTerritoires(
    em: EntityManager,
    departementId: string,
    candidatureId: string,
    territoires: readonly Territoire[],
  ): Promise<void> {
    const lignes = territoires.map((t) => ({ departementId, candidatureId, territoireId: t.id }));
    await em.insert(CandidatureTerritoire, lignes);
  }
}

/** TypeORM's way to say a JSON object in an insert or an update. */
type Jsonb = Record<string, object>;

const CHEMIN_ID = ['input', 'candidatureId'];

export function dejaChangee(version: number): Refus {
  return Refus.de(
    'CONFLIT_DE_VERSION',
    `Cette candidature a changé depuis votre lecture (version ${version}) : rechargez-la puis reprenez votre saisie.`,
    { path: ['input', 'version'] },
  );
}

function lireReference(reference: string | null | undefined): string | null {
  const texte = elaguer(reference ?? '') || null;
  if (texte === null || texte.length <= 200) return texte;
  throw Refus.de('VALEUR_INVALIDE', 'La référence externe tient en 200 caractères.', {
    path: ['input', 'referenceExterne'],
    regle: 'AMB-166',
  });
}
