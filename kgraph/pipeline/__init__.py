"""The corridor that ties the rooms together: from sources to a finished build (`build.build`), and a build done again
(`rebuild.rebuild`).

Nothing is imported here, so that a worker process loads only the row function that it runs.
"""
