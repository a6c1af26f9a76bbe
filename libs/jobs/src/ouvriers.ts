import { Inject, Injectable } from '@nestjs/common';
import type { Files } from './files.js';
import { FILES } from './jetons.js';
import { RegistreJobs } from './registre.js';
import { TraitementJob } from './traitement.js';

/** One BullMQ worker for each declared queue. */
@Injectable()
export class Ouvriers {
  constructor(
    private readonly registre: RegistreJobs,
    private readonly traitement: TraitementJob,
    @Inject(FILES) private readonly files: Files,
  ) {}

  /** Closes the registry, then opens the workers. @throws Error when BullMQ's tables cannot be prepared. */
  async demarrer(): Promise<void> {
    this.registre.clore();
    await this.files.preparer();
    for (const file of this.registre.files()) {
      await this.files.ouvrir(file, async (message) => {
        await this.traitement.traiter(file, message);
      });
    }
  }

  /** Waits for the jobs at work, then closes every connection to the queues, the dispatcher's too: stop it first. */
  async arreter(): Promise<void> {
    await this.files.fermer();
  }
}
