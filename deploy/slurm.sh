#!/bin/bash
# A training on machines that Slurm gives; its options follow the name of this file:
#   sbatch deploy/slurm.sh image train --data data/mnist --out runs/mnist --minutes 600
#SBATCH --job-name=ondelette
#SBATCH --nodes=2
#SBATCH --ntasks-per-node=4
#SBATCH --cpus-per-task=8
#SBATCH --time=12:00:00
#SBATCH --signal=TERM@120
#SBATCH --requeue
#SBATCH --open-mode=append

# pmi2 is for MPICH and its kind; Open MPI needs pmix.
code=0
srun --mpi="${ONDELETTE_SRUN_MPI:-pmi2}" --kill-on-bad-exit=1 --cpus-per-task="${SLURM_CPUS_PER_TASK:-1}" \
  ondelette "$@" --resume-if-exists || code=$?

# 130: the time is nearly over, and the training has saved and stopped. It goes on in the next start of the job.
if [ "$code" -eq 130 ]; then
  scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
