import { type Dispositif, type JobDispositif, RegistreDispositifs } from '@sillage/dispositif-kit';
import { type DefinitionJob, definirJob, type ExecuteurJob, RegistreJobs } from '@sillage/jobs';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ActivationService } from './activations/index.js';

/**
 * Hands the jobs that dispositifs declare to the registry, each on its dispositif's own queue. None runs where its dispositif is
 * off (TRANS-01): it is refused, kept, and taken up again when the dispositif is switched on.
 */
@Injectable()
export class JobsDispositifs implements OnModuleInit {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly jobs: RegistreJobs,
    private readonly activations: ActivationService,
  ) {}

  onModuleInit(): void {
    for (const dispositif of this.registre.tous) {
      for (const job of dispositif.jobs ?? []) {
        this.jobs.declarer(definitionDuJob(dispositif, job), this.garder(dispositif.code, job), dispositif.code);
      }
    }
  }

  private garder(dispositif: string, job: JobDispositif): ExecuteurJob<object> {
    return async (em, charge, contexte) => {
      const dossier = await job.concerne(em, charge, contexte);
      await this.activations.exiger(em, contexte.departementId, { ...dossier, dispositif, pour: 'CONTINUER' });
      await job.executer(em, charge, contexte);
    };
  }
}

/** What a plugin gives to `Outbox.publier` to ask for one of its jobs. */
export function definitionDuJob<T extends object>(
  dispositif: Pick<Dispositif, 'code'>,
  job: JobDispositif<T>,
): DefinitionJob<T> {
  return definirJob({ nom: job.nom, file: dispositif.code, charge: job.charge });
}
