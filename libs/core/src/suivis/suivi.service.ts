import { type ContexteActeur, exigerDroit, habilitationsQuiPermettent, peut } from '@sillage/access';
import { deciderDates, type Dispositif, lireValeurs } from '@sillage/dispositif-kit';
import { aujourdhui, type Decision, exiger, type Horloge, jourDe, Periode, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ACTION_INTERDITE, HORLOGE, introuvable, lireId, lireMotif, numeroter } from '../api/index.js';
import { Convention, ConventionTerritoire, estSignee } from '../conventions/convention.entity.js';
import { type DossierConvention, DossiersConvention } from '../conventions/dossiers-convention.js';
import { JournalService } from '../journal/index.js';
import { SuivisAttendus } from './suivi.attendus.js';
import { modeleDe, Suivi } from './suivi.entity.js';
import { deciderControles, deciderExamen, deciderRemise } from './suivi.policy.js';

const CONVENTION = ['input', 'conventionId'];
const SUIVI = ['input', 'suiviId'];
const CHAMPS = ['input', 'champs'];

export interface RemiseSuivi {
  conventionId: string;
  rang: number;
  champs: unknown;
}

export interface ExamenSuivi {
  suiviId: string;
  /** The version that was read: what the porteur handed in since is another report. */
  version: number;
}

interface Ouvert {
  readonly convention: Convention;
  readonly dossier: DossierConvention;
  readonly territoireIds: string[];
}

/** From what the porteur hands in for a period to what the service confirms. Runs in the caller's transaction. */
@Injectable()
export class SuiviService {
  constructor(
    private readonly dossiers: DossiersConvention,
    private readonly attendus: SuivisAttendus,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** Hands one in, or again after it was sent back or as long as nobody confirmed it. @returns its id */
  async remettre(
    em: EntityManager,
    contexte: ContexteActeur,
    { code, nom }: { code: string; nom: string },
    input: RemiseSuivi,
  ): Promise<string> {
    const { departementId, acteur } = contexte;
    const ouvert = await this.#ouvrir(em, contexte, lireId('Convention', input.conventionId, CONVENTION), CONVENTION);
    const { convention, dossier, territoireIds } = ouvert;
    if (convention.dispositif !== code) throw introuvable(CONVENTION);
    const { id: conventionId, structureId, etat } = convention;
    const objet = { dispositif: code, structureId, territoireIds, etat };
    if (!peut(contexte, 'lire', 'Convention', objet)) throw introuvable(CONVENTION);
    const modele = modeleDe(code, nom);
    const connu = await em.findOneBy(Suivi, { departementId, conventionId, modele, rang: input.rang });
    const declare = (await this.attendus.declares(em, [convention]))(convention.id).find((d) => d.nom === nom);
    const attendu = declare?.attendus.find(({ rang }) => rang === input.rang);
    exiger(
      peut(contexte, 'remettre', 'Bilan', { ...objet, etat: connu?.etat ?? '' })
        ? deciderRemise(
            {
              conventionSignee: estSignee(etat),
              attendu,
              etat: connu?.etat ?? null,
              remisPar: connu?.remisPar ?? null,
              continuer: dossier.continuer,
            },
            aujourdhui(this.horloge),
          )
        : interdite(CONVENTION),
    );
    if (!declare || !attendu) throw introuvable(CONVENTION);
    const jour = aujourdhui(this.horloge);
    const formulaire = { le: jour, remisLe: jour, horizon: declare.horizon, chemin: CHAMPS };
    const { champs } = declare.declaration;
    exiger(deciderDates(champs, lireValeurs(champs, input.champs, CHAMPS), formulaire));
    this.#controler(dossier.dispositif, nom, { ...attendu, champs: input.champs }, ['REMISE'], CHAMPS);
    const maintenant = this.horloge.maintenant();
    const remise = {
      etat: 'REMIS',
      champs: input.champs as Record<string, object>,
      motif: null,
      modifieLe: maintenant,
      remisLe: maintenant,
      remisPar: acteur.utilisateurId,
    } as const;
    const id = connu?.id ?? uuidv7();
    if (connu) await em.update(Suivi, { departementId, id }, { ...remise, version: connu.version + 1 });
    else {
      const numero = await numeroter(em, departementId, 'SUI', jourDe(maintenant).year);
      const periode = { modele, rang: attendu.rang, du: attendu.du, au: attendu.au, echeance: attendu.echeance };
      const ligne = { ...remise, ...periode, departementId, id, numero, conventionId, dispositif: code, structureId };
      await em.insert(Suivi, { ...ligne, version: 1, creeLe: maintenant });
    }
    await this.#journaliser(em, contexte, { id, nom }, 'suiviRemettre', dossier.dispositif);
    return id;
  }

  /** Confirms one as it was declared. @returns its id */
  async confirmer(em: EntityManager, contexte: ContexteActeur, input: ExamenSuivi): Promise<string> {
    const { suivi, nom, dispositif } = await this.#examiner(em, contexte, input);
    this.#controler(dispositif, nom, suivi, ['REMISE', 'CONFIRMATION'], SUIVI);
    const { departementId, acteur } = contexte;
    const maintenant = this.horloge.maintenant();
    const confirmation = { etat: 'CONFIRME', confirmeLe: maintenant, confirmePar: acteur.utilisateurId } as const;
    await em.update(Suivi, { departementId, id: suivi.id }, { ...confirmation, modifieLe: maintenant });
    await this.#journaliser(em, contexte, { id: suivi.id, nom }, 'suiviConfirmer', dispositif);
    return suivi.id;
  }

  /** Sends one back to the porteur, who hands it in again. @returns its id */
  async renvoyer(em: EntityManager, contexte: ContexteActeur, input: ExamenSuivi & { motif: string }): Promise<string> {
    const { suivi, nom, dispositif } = await this.#examiner(em, contexte, input);
    const motif = lireMotif(input.motif, 'TRANS-24');
    const { departementId } = contexte;
    const modifieLe = this.horloge.maintenant();
    await em.update(Suivi, { departementId, id: suivi.id }, { etat: 'A_COMPLETER', motif, modifieLe });
    await this.#journaliser(em, contexte, { id: suivi.id, nom }, 'suiviRenvoyer', dispositif);
    return suivi.id;
  }

  async #examiner(
    em: EntityManager,
    contexte: ContexteActeur,
    { suiviId, version }: ExamenSuivi,
  ): Promise<{ suivi: Suivi; nom: string; dispositif: Dispositif | undefined }> {
    const { departementId, acteur } = contexte;
    const id = lireId('Suivi', suiviId, SUIVI);
    const connu = await em.findOneBy(Suivi, { departementId, id });
    if (!connu) throw introuvable(SUIVI);
    const { dossier, territoireIds } = await this.#ouvrir(em, contexte, connu.conventionId, SUIVI);
    // Read again once the convention is locked: another gesture may just have ended.
    const suivi = await em.findOneByOrFail(Suivi, { departementId, id });
    const { dispositif: code, structureId, etat } = suivi;
    const objet = { dispositif: code, structureId, territoireIds, etat };
    exigerDroit(contexte, 'confirmer', 'Bilan', objet, SUIVI);
    const permise = habilitationsQuiPermettent(contexte, 'confirmer', 'Bilan', objet).some(({ role }) =>
      dossier.services.includes(role),
    );
    const { continuer, dispositif } = dossier;
    const situation = { etat, remisPar: suivi.remisPar, continuer };
    exiger(permise ? deciderExamen(situation, acteur.utilisateurId) : interdite(SUIVI));
    if (suivi.version === version) return { suivi, dispositif, nom: suivi.modele.slice(code.length + 1) };
    throw Refus.de('CONFLIT_DE_VERSION', 'Le porteur a remis ce suivi à nouveau depuis que vous l’avez lu.', {
      path: ['input', 'version'],
      regle: 'TRANS-24',
    });
  }

  /** The convention's row is locked: one gesture at a time on its reports, and on its bilan. */
  async #ouvrir(em: EntityManager, { departementId }: ContexteActeur, id: string, path: string[]): Promise<Ouvert> {
    const convention = await em
      .createQueryBuilder(Convention, 'c')
      .setLock('pessimistic_write')
      .where({ departementId, id })
      .getOne();
    if (!convention) throw introuvable(path);
    const dossierDe = await this.dossiers.lire(em, [convention], path);
    const liens = await em.findBy(ConventionTerritoire, { departementId, conventionId: id });
    return { convention, dossier: dossierDe(id), territoireIds: liens.map(({ territoireId }) => territoireId) };
  }

  #controler(
    dispositif: Dispositif | undefined,
    nom: string,
    { champs, du, au }: Pick<Suivi, 'du' | 'au'> & { champs: unknown },
    etapes: Parameters<typeof deciderControles>[2],
    chemin: string[],
  ): void {
    const declare = dispositif?.suivis?.[nom];
    if (!declare) throw Refus.de('ETAT_INCOMPATIBLE', 'Ce dispositif ne demande plus ce suivi.', { path: chemin });
    const suivi = lireValeurs(declare.champs, champs, chemin);
    exiger(
      deciderControles(declare, { suivi, periode: Periode.de(du, au), le: aujourdhui(this.horloge) }, etapes, chemin),
    );
  }

  async #journaliser(
    em: EntityManager,
    contexte: ContexteActeur,
    { id, nom }: { id: string; nom: string },
    action: string,
    dispositif: Dispositif | undefined,
  ): Promise<void> {
    const declare = dispositif?.suivis?.[nom];
    const regles = ['TRANS-24', ...(declare ? [declare.regle] : [])];
    await this.journal.ecrire(em, contexte, { action, objetType: 'Suivi', objetId: id, regles });
  }
}

function interdite(chemin: string[]): Decision {
  return { ...ACTION_INTERDITE, motifs: ACTION_INTERDITE.motifs.map((motif) => ({ ...motif, chemin })) };
}
