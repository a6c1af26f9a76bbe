import { RegistreDispositifs } from '@sillage/dispositif-kit';
import { definirJob, RegistreJobs } from '@sillage/jobs';
import {
  ajouterMois,
  aujourdhui,
  dateCivile,
  dateEnFrancais,
  type DateCivile,
  type Horloge,
  Temporal,
} from '@sillage/kernel';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { HORLOGE } from '../api/index.js';
import { type AEcrire, MessagesCandidature } from '../candidatures/index.js';
import { ParametreService } from '../parametres/index.js';

const alerterDesFins = definirJob({ nom: 'conventions.alerter', file: 'candidatures', charge: z.strictObject({}) });

/** In Paris: before offices open. */
const HEURE = 6;
const PAGE = 500;

interface EnVigueur {
  id: string;
  numero: string;
  candidatureId: string;
  appelId: string;
  dispositif: string;
  au: string;
}

/** Every morning, tells the services which conventions end soon: none is renewed by itself (AMB-033, CONV-CAL-03). */
@Injectable()
export class AlerteDeFin implements OnModuleInit {
  readonly #log = new Logger('Conventions');

  constructor(
    private readonly jobs: RegistreJobs,
    private readonly registre: RegistreDispositifs,
    private readonly parametres: ParametreService,
    private readonly messages: MessagesCandidature,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  onModuleInit(): void {
    this.jobs.declarerQuotidien(
      alerterDesFins,
      HEURE,
      async (em, _charge, { departementId }) => {
        const ecrites = await this.alerterToutes(em, departementId);
        if (ecrites > 0) this.#log.log(`${departementId} : ${ecrites} alerte(s) de fin de convention`);
      },
      'candidatures',
    );
  }

  /** Once a convention and a last day: an avenant that moves it is followed by another alert. @returns how many */
  async alerterToutes(em: EntityManager, departementId: string): Promise<number> {
    const jour = aujourdhui(this.horloge);
    let ecrites = 0;
    for (let apres: string | null = null; ;) {
      const page: readonly EnVigueur[] = await em.query<EnVigueur[]>(
        `select v.id, v.numero, v.candidature_id as "candidatureId", c.appel_id as "appelId", v.dispositif, v.au::text as au
           from sillage.convention v join sillage.candidature c on c.departement_id = v.departement_id and c.id = v.candidature_id
          where v.departement_id = $1 and v.etat = 'SIGNEE' and v.au >= $2::date and ($3::uuid is null or v.id > $3)
          order by v.id limit ${PAGE}`,
        [departementId, jour.toString(), apres],
      );
      if (page.length === 0) return ecrites;
      ecrites += await this.messages.ecrire(em, departementId, await this.#dues(em, departementId, jour, page));
      apres = page.at(-1)?.id ?? null;
    }
  }

  /** The delay is the convention's own, its appel's, or the dispositif's. */
  async #dues(
    em: EntityManager,
    departementId: string,
    jour: DateCivile,
    page: readonly EnVigueur[],
  ): Promise<AEcrire[]> {
    const suivies = page.flatMap((convention) => {
      const dispositif = this.registre.trouver(convention.dispositif);
      return dispositif === undefined ? [] : [{ convention, dispositif }];
    });
    const demandes = suivies.map(({ convention: { id, appelId }, dispositif }) => ({
      dispositif,
      date: jour,
      dossier: { appelId, conventionId: id },
    }));
    const resolus = await this.parametres.resoudreTous(em, departementId, demandes);
    return suivies.flatMap(({ convention }, rang) => {
      const mois = resolus[rang]?.['alerteFinConvention']?.valeur as number;
      const debut = ajouterMois(dateCivile(convention.au), -mois);
      return Temporal.PlainDate.compare(jour, debut) < 0 ? [] : [alerte(convention)];
    });
  }
}

function alerte({ id, numero, candidatureId, au }: EnVigueur): AEcrire {
  return {
    candidatureId,
    destinataire: 'DEPARTEMENT',
    nature: 'FIN_PROCHE',
    cle: `${id} ${au}`,
    texte: `La convention ${numero} prend fin le ${dateEnFrancais(dateCivile(au))}, sans reconduction : seul un avenant signé d’ici là la prolonge.`,
    regle: 'AMB-033',
  };
}
