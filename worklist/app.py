"""The worklist as a web application."""

from fastapi import FastAPI

from worklist.services import Services


def create_app(services: Services) -> FastAPI:
    """The pages of the consulenten, without who may come in: that is around it."""
    app = FastAPI(title="Tijdig", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.services = services
    return app
