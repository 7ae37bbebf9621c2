# Two images from one file: `product` (pages, workers, beat, drain loop) and `simulator` (a carrier for demonstrations).
ARG PYTHON_IMAGE=docker.io/library/python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 VIRTUAL_ENV=/srv/venv PATH=/srv/venv/bin:$PATH
RUN groupadd --gid 10001 rondje && useradd --uid 10001 --gid rondje --no-create-home --home-dir /nonexistent rondje \
    && python -m venv /srv/venv
WORKDIR /srv/rondje

FROM base AS simulator
COPY requirements/simulator.txt requirements/
RUN pip install --require-hashes --no-deps -r requirements/simulator.txt
COPY simulator simulator
USER rondje
ENV SIMULATOR_IN_CONTAINER=1 SIMULATOR_HOST=0.0.0.0 SIMULATOR_PORT=8100
EXPOSE 8100
CMD ["python", "-m", "simulator"]

FROM base AS product
COPY requirements/product.txt requirements/
RUN pip install --require-hashes --no-deps -r requirements/product.txt
COPY manage.py ./
COPY backend backend
COPY worker worker
ENV RONDJE_STATIC_ROOT=/srv/static
# No secret is needed to collect files, and none is kept: the settings refuse to start in a container without one.
RUN python manage.py collectstatic --no-input --verbosity 0
ENV RONDJE_IN_CONTAINER=1
USER rondje
EXPOSE 8000
CMD ["python", "-m", "worker.wait", "tables", "--", \
     "gunicorn", "backend.config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", \
     "--threads", "12", "--graceful-timeout", "5", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
